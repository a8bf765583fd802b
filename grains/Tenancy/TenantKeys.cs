using System.Globalization;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tenancy;

/// <summary>Decides on API keys: pure steps from a state to the next.</summary>
public static class TenantKeys
{
    /// <summary>Live keys that may share a name: the old one and its replacement.</summary>
    public const int MaxPerName = 2;

    /// <summary>Live keys of a tenant.</summary>
    public const int MaxLive = 100;

    /// <summary>How long a key or token that ended is still listed.</summary>
    public static readonly TimeSpan KeepEnded = TimeSpan.FromDays(30);

    public static Outcome<TenantState> Issue(TenantState state, ApiKeyRequest request, string id, string hash, DateTimeOffset at)
    {
        if (Check(state, request, at) is { } problem)
            return problem;
        var key = new TenantKey
        {
            Id = id, Name = request.Name, Hash = hash, Role = request.Role, CreatedAt = at, ExpiresAt = request.ExpiresAt,
        };
        return state with { Keys = [.. state.Keys, key] };
    }

    /// <summary><c>not_found</c>; revoking twice changes nothing.</summary>
    public static Outcome<TenantState> Revoke(TenantState state, string id, DateTimeOffset at) =>
        state.Keys.Find(key => key.Id == id) is { } found
            ? state with { Keys = [.. state.Keys.Select(key => key == found ? key with { RevokedAt = key.RevokedAt ?? at } : key)] }
            : new Problem(ProblemCodes.NotFound, $"This tenant has no API key '{TenantRules.Short(id)}'. GET of the tenant lists its keys.");

    /// <summary>The key that this secret proves. Why it isn't good is told only to who holds its secret.</summary>
    public static Outcome<TenantKey> Authenticate(TenantState state, string id, string hash, DateTimeOffset at)
    {
        var key = state.Keys.Find(key => key.Id == id);
        if (!Credential.SameHash(key?.Hash ?? NoHash, hash) || key is null)
            return Unknown;
        if (key.RevokedAt is { } revoked)
            return Ended("was revoked", revoked);
        if (!key.IsLive(at))
            return Ended("expired", key.ExpiresAt!.Value);
        return state.Enabled ? key : Disabled;
    }

    /// <summary>Without the keys and tokens that ended more than <see cref="KeepEnded"/> ago.</summary>
    public static TenantState Prune(TenantState state, DateTimeOffset at) =>
        state.Keys.Any(key => key.EndsAt() < at - KeepEnded) || state.Tokens.Any(token => token.EndsAt() < at - KeepEnded)
            ? state with
            {
                Keys = [.. state.Keys.Where(key => !(key.EndsAt() < at - KeepEnded))],
                Tokens = [.. state.Tokens.Where(token => !(token.EndsAt() < at - KeepEnded))],
            }
            : state;

    /// <summary>The one answer to every credential that isn't known, whether its tenant exists or not.</summary>
    public static Problem Unknown { get; } = new(ProblemCodes.Unauthenticated,
        "The API key is not valid. Check that it was copied whole, or ask an admin of the tenant for a new one.");

    public static Problem Disabled { get; } = new(ProblemCodes.TenantDisabled,
        "This tenant is disabled. Ask the operator of this centre to enable it.");

    // Compared with when there is no such key, so that the time it takes tells nothing.
    internal static string NoHash { get; } = new('0', 64);

    private static Problem? Check(TenantState state, ApiKeyRequest request, DateTimeOffset at)
    {
        if (!Names.IsAgent(request.Name))
            return TenantRules.Invalid($"The key's name must have {Names.Rule}.");
        if (request.Role is not (Role.Viewer or Role.Operator or Role.Admin))
            return TenantRules.Invalid("The role must be viewer, operator or admin.");
        if (request.ExpiresAt <= at)
            return TenantRules.Invalid("expires_at must lie in the future.");
        var live = state.Keys.Where(key => key.IsLive(at)).ToList();
        if (live.Count(key => key.Name == request.Name) >= MaxPerName)
        {
            return new Problem(ProblemCodes.Conflict,
                $"There are already {MaxPerName} live keys named '{request.Name}' ("
                + string.Join(", ", live.Where(key => key.Name == request.Name).Select(key => key.Id))
                + "). Revoke the one that is no longer used, or choose another name.");
        }
        return live.Count < MaxLive
            ? null
            : new Problem(ProblemCodes.Conflict, $"A tenant has at most {MaxLive} live keys. Revoke those that are no longer used.");
    }

    private static Problem Ended(string how, DateTimeOffset at) => new(ProblemCodes.Unauthenticated, string.Create(
        CultureInfo.InvariantCulture, $"This API key {how} at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z. Ask an admin of the tenant for a new one."));
}
