using System.Net;
using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;
using Outrider.Api.Mcp;

namespace Outrider.Silo.Hosting.Configuration;

/// <summary>What any centre is started with.</summary>
public record CentreOptions
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Where it listens: http or https, port 0 for any free one. Loopback unless told otherwise.</summary>
    public string Url { get; init; } = DefaultUrl;

    /// <summary>Tenants in the older format, imported and watched; null: none, or where the kind of centre looks by itself.</summary>
    public string? TenantsFile { get; init; }

    /// <summary>The platform key; null: the one that the centre keeps itself, if it does.</summary>
    public string? PlatformKey { get; init; }

    /// <summary>Certificate chain and private key in PEM, for https.</summary>
    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public RateLimitOptions RateLimits { get; init; } = new();

    /// <summary>Bytes of a request's body at most.</summary>
    public long MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Folder of tenants' files, which all silos of a cluster must share; null: where the kind of centre keeps them by itself.</summary>
    public string? Files { get; init; }

    /// <summary>The agent's program that machines install from here, a file; null: where it is by default, if it is there.</summary>
    public string? AgentBinary { get; init; }

    /// <summary>Proxies whose X-Forwarded-For and -Proto are believed.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>Web origins whose pages may call MCP, see <see cref="McpOptions.AllowedOrigins"/>.</summary>
    public IReadOnlyList<string> McpAllowedOrigins { get; init; } = [];

    /// <summary>Providers by which users may sign in.</summary>
    public IReadOnlyList<OAuthProvider> OAuth { get; init; } = [];

    /// <summary>Whether tenants' channels may send to this machine and to private networks.</summary>
    public bool NotifyPrivateAddresses { get; init; } = true;

    /// <summary>Folder of the built web page; needn't be there.</summary>
    public string Dashboard { get; init; } = Path.Combine(AppContext.BaseDirectory, "dashboard");

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>All time; another one in tests only.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
