using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <summary>Decides whether who speaks for an agent may: by its credential, its enrolment token, its tenant.</summary>
internal sealed class AgentAdmission(IGrains grains, string tenant, string agent)
{
    /// <summary>The terms of an agent that may come in, new ones by their token.</summary>
    /// <remarks>Who proves nothing learns nothing: names and tenants are told only to holders of a credential or a token.</remarks>
    public async Task<Outcome<AgentSettings>> AdmitAsync(AgentState state, AgentHello hello)
    {
        if (state.RevokedHashes.Contains(hello.CredentialHash))
            return Revoked();
        if (IsProven(state, hello.CredentialHash))
            return await TermsAsync();
        if (hello is not { TokenId: { } tokenId, TokenHash: { } tokenHash })
            return Unproven();
        // Asked for a known agent too: the token proves that its holder may learn that the name is taken.
        var admitted = await grains.Get<ITenant>(tenant).AdmitAgentAsync(tokenId, tokenHash, agent);
        if (!admitted.Ok)
            return Hide(admitted.Problem);
        return state.CredentialHash is null
            ? await TermsAsync()
            : new Problem(ProblemCodes.AgentExists,
                $"Another machine is enrolled as '{agent}'. Choose another name (OUTRIDER_AGENT_NAME), or revoke the enrolled agent and start this one again.");
    }

    /// <summary>The terms of an enrolled agent.</summary>
    public Task<Outcome<AgentSettings>> CheckAsync(AgentState state, string credentialHash) =>
        state.RevokedHashes.Contains(credentialHash) ? Task.FromResult<Outcome<AgentSettings>>(Revoked())
        : IsProven(state, credentialHash) ? TermsAsync()
        : Task.FromResult<Outcome<AgentSettings>>(Unproven());

    /// <summary>On which terms agents of the tenant may be there now.</summary>
    public async Task<Outcome<AgentSettings>> TermsAsync()
    {
        var terms = await grains.Get<ITenant>(tenant).GetAgentSettingsAsync();
        return terms.Ok ? terms : Hide(terms.Problem);
    }

    public Problem Revoked() => new(ProblemCodes.AgentRevoked,
        $"The credential of agent '{agent}' was revoked. To enrol it again, delete the file 'credential' in its data folder and start it with a new enrolment token.");

    private Problem Unproven() => new(ProblemCodes.Unauthenticated,
        $"Agent '{agent}' is not enrolled with this credential. Start it with an enrolment token (OUTRIDER_ENROLMENT_TOKEN).");

    private static bool IsProven(AgentState state, string credentialHash) =>
        state.CredentialHash is { } hash && Credential.SameHash(hash, credentialHash);

    private static Problem Hide(Problem problem) => problem.Code == ProblemCodes.TenantNotFound
        ? new Problem(ProblemCodes.Unauthenticated, "The credential is not valid.")
        : problem;
}
