using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Link;

/// <summary>How a link ended.</summary>
/// <param name="Registered">Whether the centre had accepted it.</param>
/// <param name="Reason">Why it ended.</param>
public sealed record LinkEnd(bool Registered, Problem Reason)
{
    /// <summary>Refusals that only a person can change, here or at the centre.</summary>
    public bool IsFinal => Reason.Code is ProblemCodes.Unauthenticated or ProblemCodes.EnrolmentRefused or ProblemCodes.AgentExists
        or ProblemCodes.AgentRevoked or ProblemCodes.ProtocolVersion or ProblemCodes.InvalidArgument;
}
