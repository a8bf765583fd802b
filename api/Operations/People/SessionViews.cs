using Outrider.Api.Auth;
using Outrider.Grains.People;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Operations.People;

/// <summary>Says who a caller is.</summary>
public sealed class SessionViews(IGrains grains)
{
    /// <summary>Of the holder of an API key or of the platform key.</summary>
    public async Task<SessionView> OfKeyAsync(Caller caller)
    {
        if (caller.Role == Role.Platform)
            return Make(caller, "", PlatformKey.CredentialId, "Platform key", SessionKind.PlatformKey);
        var tenant = (await grains.Get<ITenant>(caller.Tenant).GetAsync()).Value;
        var key = tenant?.Keys.Find(key => key.Id == caller.CredentialId);
        return Make(caller, tenant?.Name ?? caller.Tenant, caller.CredentialId, key?.Name ?? caller.CredentialId, SessionKind.ApiKey) with
        {
            ExpiresAt = key?.ExpiresAt,
        };
    }

    /// <summary>Of a user.</summary>
    /// <param name="tenant">Empty for the platform.</param>
    public async Task<SessionView> OfUserAsync(string tenant, UserView user, DateTimeOffset? expiresAt)
    {
        var name = tenant.Length == 0 ? "" : (await grains.Get<ITenant>(tenant).GetAsync()).Value?.Name ?? tenant;
        return Make(new Caller(tenant, "", user.Role), name, user.Name, user.DisplayName, SessionKind.User) with { ExpiresAt = expiresAt };
    }

    private static SessionView Make(Caller caller, string tenantName, string name, string displayName, SessionKind kind) => new()
    {
        Tenant = caller.Tenant,
        TenantName = tenantName,
        Name = name,
        DisplayName = displayName,
        Role = caller.Role,
        Kind = kind,
        Permissions = Permissions.NamesOf(caller.Role),
    };
}
