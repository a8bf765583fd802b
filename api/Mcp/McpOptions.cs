namespace Outrider.Api.Mcp;

/// <summary>Settings of the MCP front door (docs/mcp.md), section <c>Mcp</c> of the configuration.</summary>
public sealed class McpOptions
{
    /// <summary>A session this old has ended; its client opens a new one.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Open event streams of this process at most.</summary>
    public int MaxStreams { get; set; } = 1000;

    /// <summary>Open event streams of one credential in this process at most.</summary>
    public int MaxStreamsPerCredential { get; set; } = 50;

    /// <summary>How often an open event stream gets a comment, so that no proxy takes it for dead.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of one message at most.</summary>
    public int MaxMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Web origins, such as <c>https://outrider.example.com</c>, whose pages may call. Pages of this same machine may where the centre
    /// is called by a loopback name; programs, which send no origin, always may.
    /// </summary>
    public List<string> AllowedOrigins { get; set; } = [];
}
