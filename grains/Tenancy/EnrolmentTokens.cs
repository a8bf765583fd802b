using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tenancy;

/// <summary>Decides on enrolment tokens: pure steps from a state to the next.</summary>
public static class EnrolmentTokens
{
    /// <summary>Live tokens of a tenant.</summary>
    public const int MaxLive = 100;

    public const int MaxPatterns = 20;

    public static Outcome<TenantState> Issue(TenantState state, EnrolmentTokenRequest request, string id, string hash, DateTimeOffset at)
    {
        if (Check(state, request, at) is { } problem)
            return problem;
        var token = new TenantToken
        {
            Id = id, Hash = hash, Patterns = request.Patterns, CreatedAt = at, ExpiresAt = request.ExpiresAt, MaxUses = request.MaxUses,
        };
        return state with { Tokens = [.. state.Tokens, token] };
    }

    /// <summary><c>not_found</c>; revoking twice changes nothing. Agents it has let in stay.</summary>
    public static Outcome<TenantState> Revoke(TenantState state, string id, DateTimeOffset at) =>
        state.Tokens.Find(token => token.Id == id) is { } found
            ? Replace(state, found, found with { RevokedAt = found.RevokedAt ?? at })
            : new Problem(ProblemCodes.NotFound,
                $"This tenant has no enrolment token '{TenantRules.Short(id)}'. GET of the tenant lists its tokens.");

    /// <summary>The token, if it lets this agent in now; <c>enrolment_refused</c> says why only to who holds its secret.</summary>
    public static Outcome<TenantToken> Find(TenantState state, string id, string hash, string agent, DateTimeOffset at)
    {
        var token = state.Tokens.Find(token => token.Id == id);
        if (!Credential.SameHash(token?.Hash ?? TenantKeys.NoHash, hash) || token is null)
            return Refused("The enrolment token is not valid.");
        if (token.RevokedAt is not null)
            return Refused("This enrolment token was revoked.");
        if (!token.IsLive(at))
            return Refused("This enrolment token has expired.");
        if (!Names.IsAgent(agent))
            return Refused($"The agent's name must have {Names.Rule}.");
        if (!token.Patterns.Exists(pattern => Names.Matches(pattern, agent)))
            return Refused($"This enrolment token is for agents named {string.Join(" or ", token.Patterns)}, not for '{agent}'.");
        if (token.Uses >= token.MaxUses && !token.Agents.Contains(agent))
            return Refused($"This enrolment token has let in {token.MaxUses} agents, as many as it may.");
        return token;
    }

    /// <summary>Counts the agent as a use of the token, once.</summary>
    public static TenantState Use(TenantState state, TenantToken token, string agent) => token.Agents.Contains(agent)
        ? state
        : Replace(state, token, token with { Uses = token.Uses + 1, Agents = [.. token.Agents, agent] });

    /// <summary>The agent was revoked: if it enrols again, that is a new use. So a token good for one agent doesn't bring it back.</summary>
    public static TenantState Forget(TenantState state, string agent) => state.Tokens.Exists(token => token.Agents.Contains(agent))
        ? state with { Tokens = [.. state.Tokens.Select(token => token with { Agents = [.. token.Agents.Where(name => name != agent)] })] }
        : state;

    private static TenantState Replace(TenantState state, TenantToken old, TenantToken changed) =>
        state with { Tokens = [.. state.Tokens.Select(token => ReferenceEquals(token, old) ? changed : token)] };

    private static Problem? Check(TenantState state, EnrolmentTokenRequest request, DateTimeOffset at)
    {
        if (request.Patterns is not { Count: >= 1 and <= MaxPatterns })
            return TenantRules.Invalid($"An enrolment token has 1 to {MaxPatterns} patterns, such as prod-* (or * for any name).");
        if (request.Patterns.Find(pattern => !IsPattern(pattern)) is { } bad)
            return TenantRules.Invalid($"'{TenantRules.Short(bad)}' is no pattern: it has 1 to 63 letters, digits, '-', '_', '.' or '*'.");
        if (request.MaxUses < 1)
            return TenantRules.Invalid("max_uses must be at least 1, or null for any number.");
        if (request.ExpiresAt <= at)
            return TenantRules.Invalid("expires_at must lie in the future.");
        return state.Tokens.Count(token => token.IsLive(at)) < MaxLive
            ? null
            : new Problem(ProblemCodes.Conflict,
                $"A tenant has at most {MaxLive} live enrolment tokens. Revoke those that are no longer used.");
    }

    private static bool IsPattern(string? pattern) => pattern is { Length: >= 1 and <= 63 }
        && pattern.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '*');

    private static Problem Refused(string why) =>
        new(ProblemCodes.EnrolmentRefused, why + " Ask an admin of the tenant for another (outrider token create).");
}
