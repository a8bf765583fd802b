namespace Outrider.Grains.Mcp;

/// <summary>
/// An item of the feed <see cref="Feed"/>, which every node reads: something happened in an MCP session that may concern work on another
/// node. One that gets lost does no harm, so their numbers are all 0.
/// </summary>
/// <param name="Session">The session's id.</param>
/// <param name="Call">JSON of the id of the call that its client cancelled; null: the client has ended the session.</param>
public sealed record McpSessionSignal(string Session, string? Call)
{
    public const string Feed = "mcp-sessions";

    /// <summary>There is one such feed.</summary>
    public const string TheOne = "all";
}
