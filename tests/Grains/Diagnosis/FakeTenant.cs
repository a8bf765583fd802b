using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Grains.Diagnosis;

/// <summary>A tenant that only counts queries.</summary>
internal sealed class FakeTenant(GrainContext context, DiagnosisWorld world) : Grain(context), ITenant
{
    public Task<Outcome<Done>> CountQueriesAsync(int queries)
    {
        if (world.Queries + queries > world.Quota)
            return Task.FromResult<Outcome<Done>>(new Problem(ProblemCodes.QuotaExceeded, "The month's queries are used up."));
        world.Queries += queries;
        return Task.FromResult<Outcome<Done>>(Done.Value);
    }

    public Task<Outcome<TenantView>> GetAsync() => throw new NotSupportedException();

    public Task<Outcome<TenantView>> CreateAsync(TenantProfile profile) => throw new NotSupportedException();

    public Task<Outcome<TenantView>> UpdateAsync(TenantUpdate update) => throw new NotSupportedException();

    public Task<Outcome<IssuedCredential>> IssueKeyAsync(ApiKeyRequest request) => throw new NotSupportedException();

    public Task<Outcome<Done>> RevokeKeyAsync(string keyId) => throw new NotSupportedException();

    public Task<Outcome<IssuedCredential>> IssueEnrolmentTokenAsync(EnrolmentTokenRequest request) => throw new NotSupportedException();

    public Task<Outcome<Done>> RevokeEnrolmentTokenAsync(string tokenId) => throw new NotSupportedException();

    public Task<Outcome<Caller>> AuthenticateAsync(string keyId, string secretHash) => throw new NotSupportedException();

    public Task<Outcome<Done>> AdmitAgentAsync(string tokenId, string secretHash, string agent) => throw new NotSupportedException();

    public Task ForgetAgentAsync(string agent) => throw new NotSupportedException();

    public Task<Outcome<Done>> CheckAsync() => throw new NotSupportedException();

    public Task<Outcome<AgentSettings>> GetAgentSettingsAsync() => throw new NotSupportedException();

    public Task<Outcome<AgentSettings>> SetAgentSettingsAsync(AgentSettings settings) => throw new NotSupportedException();
}
