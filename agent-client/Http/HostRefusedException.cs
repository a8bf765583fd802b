using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Http;

/// <summary>A connection would lead to where the policy doesn't let it; carries the problem through the platform's HTTP client.</summary>
internal sealed class HostRefusedException(Problem problem) : IOException(problem.Message)
{
    public Problem Problem => problem;
}
