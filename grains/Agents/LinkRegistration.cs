using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <summary>What an agent said of itself, checked for form.</summary>
/// <param name="Tenant">As its credential says; the Agent grain proves it.</param>
public sealed record LinkRegistration(string Tenant, AgentHello Hello)
{
    public static Outcome<LinkRegistration> From(AgentRegister message)
    {
        if (!message.Versions.Contains(LinkProtocol.Version))
        {
            return new Problem(ProblemCodes.ProtocolVersion,
                $"This centre speaks version {LinkProtocol.Version} of the agent protocol, which the agent does not offer. Install an agent of the centre's release.");
        }
        if (!Names.IsAgent(message.Agent))
            return new Problem(ProblemCodes.InvalidArgument, $"The agent's name is not valid: {Names.Rule}.");
        if (!Credential.TryParse(message.Credential, out var credential) || credential.Kind != CredentialKind.Agent || !Names.IsTenant(credential.Tenant))
            return new Problem(ProblemCodes.Unauthenticated, "The agent's credential is not of the form ora.tenant.secret.");
        Credential? token = null;
        if (message.Token is not null && (!Credential.TryParse(message.Token, out token) || token.Kind != CredentialKind.EnrolmentToken))
            return new Problem(ProblemCodes.EnrolmentRefused, "The enrolment token is not of the form ort.tenant.id.secret.");
        // A token of another tenant is as good as none: the agent belongs where its credential says.
        if (token is not null && token.Tenant != credential.Tenant)
            token = null;
        return new LinkRegistration(credential.Tenant, new AgentHello
        {
            Agent = message.Agent,
            CredentialHash = credential.Hash,
            TokenId = token?.Id,
            TokenHash = token?.Hash,
            Boot = message.Boot,
            Facts = message.Facts,
        });
    }
}
