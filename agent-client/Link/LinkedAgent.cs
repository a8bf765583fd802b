using Outrider.Agent.Logging;
using Outrider.Protocol.Link;

namespace Outrider.Agent.Link;

/// <summary>The agent as a link knows it.</summary>
/// <param name="Hello">What it says of itself to the centre. Holds its credential.</param>
/// <param name="Tasks">Runs what the centre asks for.</param>
/// <param name="Status">Null: it has no databases.</param>
/// <param name="Log">Its log.</param>
/// <param name="Time">Its clock.</param>
public sealed record LinkedAgent(AgentRegister Hello, TaskRunner Tasks, IStatusSource? Status, AgentLog Log, TimeProvider Time)
{
    /// <summary>How its databases are, within what a link carries; null: it has none.</summary>
    public List<DatabaseState>? Databases => Status is null ? null : [.. Status.Databases.Take(LinkProtocol.MaxItems).Select(Clip)];

    private static DatabaseState Clip(DatabaseState state) => new(
        LinkProtocol.Clip(state.Name, LinkProtocol.MaxText),
        LinkProtocol.Clip(state.State, LinkProtocol.MaxText),
        LinkProtocol.Clip(state.Version, LinkProtocol.MaxText),
        LinkProtocol.Clip(state.Message, LinkProtocol.MaxSentence));
}
