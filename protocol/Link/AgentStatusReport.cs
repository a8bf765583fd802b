namespace Outrider.Protocol.Link;

/// <summary>Agent to centre: how its databases are. After registering and whenever that changes.</summary>
public sealed record AgentStatusReport : ILinkMessage
{
    public required List<DatabaseState> Databases { get; init; }
}
