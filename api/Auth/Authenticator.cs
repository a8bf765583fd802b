using Microsoft.AspNetCore.Http;
using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>Proves who calls. The tenant comes from the credential, never from a header.</summary>
public sealed class Authenticator(IGrains grains, PlatformKey platformKey)
{
    /// <summary>Names the tenant a client believes to be in; older clients send it. Checked against the credential, never trusted.</summary>
    public const string TenantHeader = "X-Tenant-ID";

    /// <summary>The one answer to a credential that isn't known, whatever of it is wrong.</summary>
    internal static Problem Unknown => TenantKeys.Unknown;

    /// <summary>Who holds this credential: <c>unauthenticated</c>, <c>session_over</c> or <c>tenant_disabled</c> otherwise.</summary>
    public async Task<Outcome<Caller>> AuthenticateAsync(Credential credential)
    {
        switch (credential.Kind)
        {
            case CredentialKind.ApiKey when Names.IsTenant(credential.Tenant):
                return await grains.Get<ITenant>(credential.Tenant).AuthenticateAsync(credential.Id, credential.Hash);
            case CredentialKind.Platform when platformKey.Is(credential):
                return new Caller("", PlatformKey.CredentialId, Role.Platform);
            case CredentialKind.Session when UserKeys.Tenant(credential.Tenant) is { } tenant && UserKeys.CanBe(tenant, credential.User):
                return await AuthenticateAsync(tenant, credential);
            case CredentialKind.Session:
                return UserSessions.Unknown;
            case CredentialKind.Invitation:
                return new Problem(ProblemCodes.Unauthenticated, "This is an invitation: open its link and choose a password.");
            case CredentialKind.EnrolmentToken or CredentialKind.Agent:
                return new Problem(ProblemCodes.Unauthenticated, "This credential is for agents. Use an API key (it begins with 'ork.').");
            default:
                return Unknown;
        }
    }

    private async Task<Outcome<Caller>> AuthenticateAsync(string tenant, Credential session)
    {
        var caller = await grains.Get<IUser>(UserKeys.User(tenant, session.User)).AuthenticateAsync(session.Id, session.Hash);
        if (!caller.Ok || tenant.Length == 0)
            return caller;
        var standing = await grains.Get<ITenant>(tenant).CheckAsync();
        return standing.Ok ? caller : standing.Problem;
    }

    /// <summary><c>tenant_mismatch</c> when the request names another tenant than its credential's.</summary>
    public static Problem? CheckTenantHeader(HttpRequest request, Caller caller)
    {
        var named = request.Headers[TenantHeader];
        return named.Count == 0 || named == caller.Tenant
            ? null
            : new Problem(ProblemCodes.TenantMismatch,
                $"{TenantHeader} names another tenant than the credential belongs to. Leave the header out, or use a key of that tenant.");
    }
}
