using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tenancy;

/// <summary>One tenant: profile, credentials, quotas. Key: the tenant's id.</summary>
public interface ITenant : IGrain
{
    /// <summary>The tenant without any secret; <c>tenant_not_found</c> if there is none of this id.</summary>
    [Idempotent]
    Task<Outcome<TenantView>> GetAsync();

    /// <summary>Creates it; <c>conflict</c> if it is there.</summary>
    Task<Outcome<TenantView>> CreateAsync(TenantProfile profile);

    /// <summary>Changes what isn't null in <paramref name="update"/>.</summary>
    [Idempotent]
    Task<Outcome<TenantView>> UpdateAsync(TenantUpdate update);

    /// <summary>Issues an API key, shown this once. At most two live keys share a name, so that one can replace the other.</summary>
    Task<Outcome<IssuedCredential>> IssueKeyAsync(ApiKeyRequest request);

    [Idempotent]
    Task<Outcome<Done>> RevokeKeyAsync(string keyId);

    /// <summary>Issues an enrolment token, shown this once.</summary>
    Task<Outcome<IssuedCredential>> IssueEnrolmentTokenAsync(EnrolmentTokenRequest request);

    [Idempotent]
    Task<Outcome<Done>> RevokeEnrolmentTokenAsync(string tokenId);

    /// <summary>Who holds this API key: <c>unauthenticated</c>, <c>tenant_disabled</c>, or the caller.</summary>
    [Idempotent]
    Task<Outcome<Caller>> AuthenticateAsync(string keyId, string secretHash);

    /// <summary>
    /// Lets a new agent in by an enrolment token and enters it in the directory: <c>enrolment_refused</c> (unknown, expired, used up, name
    /// doesn't match), <c>tenant_disabled</c>, <c>quota_exceeded</c>. Asking again for an agent already entered succeeds and counts once.
    /// </summary>
    [Idempotent]
    Task<Outcome<Done>> AdmitAgentAsync(string tokenId, string secretHash, string agent);

    /// <summary>The agent was revoked: if it enrols again, that is a new use of a token.</summary>
    [Idempotent]
    Task ForgetAgentAsync(string agent);

    /// <summary>Whether anybody may work in its name now: <c>tenant_not_found</c>, <c>tenant_disabled</c>.</summary>
    [Idempotent]
    Task<Outcome<Done>> CheckAsync();

    /// <summary>What is asked of all its agents. <c>tenant_not_found</c>, <c>tenant_disabled</c>: none may be connected now.</summary>
    [Idempotent]
    Task<Outcome<AgentSettings>> GetAgentSettingsAsync();

    /// <summary>Asks this of all its agents, from their next pulse on. <c>tenant_not_found</c>, <c>tenant_disabled</c>, <c>invalid_argument</c>.</summary>
    Task<Outcome<AgentSettings>> SetAgentSettingsAsync(AgentSettings settings);

    /// <summary>Counts queries against the month's quota: <c>quota_exceeded</c> if they don't fit. A crash never forgets a counted one, and may count it twice.</summary>
    [Idempotent]
    Task<Outcome<Done>> CountQueriesAsync(int queries);
}
