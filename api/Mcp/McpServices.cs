using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Mcp.Tools;
using Outrider.Api.Mcp.Transport;

namespace Outrider.Api.Mcp;

/// <summary>Registers the MCP front door.</summary>
public static class McpServices
{
    /// <summary>
    /// Adds what <see cref="McpEndpoints.MapMcp"/> needs. Besides, the container must hold the operations of
    /// <c>api/Operations</c>, <c>IObservers</c>, <c>IReadOnlyList&lt;ExpertView&gt;</c> and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddMcp(this IServiceCollection services, Action<McpOptions>? configure = null)
    {
        var options = services.AddOptions<McpOptions>()
            .Validate(
                o => o is { MaxSessions: > 0, MaxSessionsPerCredential: > 0, MaxMessageBytes: > 0 }
                    && o.SessionIdle > TimeSpan.Zero && o.KeepAlive > TimeSpan.Zero,
                "Mcp: MaxSessions, MaxSessionsPerCredential, MaxMessageBytes, SessionIdle and KeepAlive must be above zero.")
            .ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        return services
            .AddSingleton<AgentChoice>()
            .AddSingleton<OutriderTool, ListAgentsTool>()
            .AddSingleton<OutriderTool, GetAgentTool>()
            .AddSingleton<OutriderTool, ListExpertsTool>()
            .AddSingleton<OutriderTool, RunSqlTool>()
            .AddSingleton<ToolCatalog>()
            .AddSingleton<ServerFactory>()
            .AddSingleton<HttpSessions>()
            .AddSingleton<StreamableHttp>()
            .AddSingleton<HttpSse>();
    }
}
