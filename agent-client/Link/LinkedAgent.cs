using Outrider.Agent.Logging;
using Outrider.Agent.Metrics;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Link;

namespace Outrider.Agent.Link;

/// <summary>The agent as a link knows it.</summary>
/// <param name="hello">What it says of itself to the centre. Holds its credential.</param>
/// <param name="tasks">Runs the queries that the centre asks for.</param>
/// <param name="status">Null: it has no databases.</param>
/// <param name="log">Its log.</param>
/// <param name="time">Its clock.</param>
public sealed class LinkedAgent(AgentRegister hello, TaskRunner tasks, IStatusSource? status, AgentLog log, TimeProvider time)
{
    /// <summary>What it says of itself to the centre. Holds its credential.</summary>
    public AgentRegister Hello => hello;

    /// <summary>Runs the queries that the centre asks for.</summary>
    public TaskRunner Tasks => tasks;

    /// <summary>Runs its tasks; null: the agent runs queries only.</summary>
    public TaskEngine? Engine { get; init; }

    /// <summary>Null: it has no databases.</summary>
    public IStatusSource? Status => status;

    /// <summary>Null: it measures nothing.</summary>
    public MetricsModule? Metrics { get; init; }

    public AgentLog Log => log;

    public TimeProvider Time => time;

    /// <summary>How its databases are, within what a link carries; null: it has none.</summary>
    public List<DatabaseState>? Databases => status is null ? null : [.. status.Databases.Take(LinkProtocol.MaxItems).Select(Clip)];

    private static DatabaseState Clip(DatabaseState state) => new(
        LinkProtocol.Clip(state.Name, LinkProtocol.MaxText),
        LinkProtocol.Clip(state.State, LinkProtocol.MaxText),
        LinkProtocol.Clip(state.Version, LinkProtocol.MaxText),
        LinkProtocol.Clip(state.Message, LinkProtocol.MaxSentence));
}
