namespace Outrider.Api.Mcp;

/// <summary>Settings of the MCP front door (docs/mcp.md), section <c>Mcp</c> of the configuration.</summary>
public sealed class McpOptions
{
    /// <summary>True: never opens a session, so that any node may serve any request of <c>/mcp</c>. <c>OUTRIDER_MCP_STATELESS</c>.</summary>
    public bool Stateless { get; set; }

    /// <summary>Sessions of this process at most.</summary>
    public int MaxSessions { get; set; } = 1000;

    /// <summary>Sessions of one credential at most; a further one replaces the one that was idle for longest.</summary>
    public int MaxSessionsPerCredential { get; set; } = 50;

    /// <summary>A session that nobody used for so long ends.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromMinutes(10);

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
