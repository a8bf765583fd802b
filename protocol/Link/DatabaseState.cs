namespace Outrider.Protocol.Link;

/// <summary>A database connection of an agent, as the agent last found it. No address user or password of it leaves the agent.</summary>
/// <param name="Name">The connection's name in the agent's own configuration, such as <c>starrocks</c>.</param>
/// <param name="State"><c>ok</c>, <c>unreachable</c> or <c>unknown</c>.</param>
/// <param name="Version">The server's version; null if unknown.</param>
/// <param name="Message">Why it isn't ok; null if it is.</param>
public sealed record DatabaseState(string Name, string State, string? Version = null, string? Message = null);
