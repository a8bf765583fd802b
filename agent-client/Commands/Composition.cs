using Outrider.Agent.Configuration;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;

namespace Outrider.Agent.Commands;

/// <summary>What this agent can do: the one place that puts its executors together.</summary>
internal static class Composition
{
    public static AgentHost Compose(AgentOptions options, AgentLog log, TimeProvider time) => new()
    {
        Options = options,
        Executors = [],
        Log = log,
        Time = time,
    };
}
