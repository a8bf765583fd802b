using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Outrider.Api.Auth;
using Outrider.Api.Mcp.Tools;
using Outrider.Api.Mcp.Transport;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Alerts;
using Outrider.Api.Operations.Metrics;
using Outrider.Api.Operations.Tasks;
using Outrider.Grains.Diagnosis;

namespace Outrider.Api.Mcp;

/// <summary>Registers the MCP front door.</summary>
public static class McpServices
{
    /// <summary>
    /// Adds what <see cref="McpEndpoints.MapMcp"/> needs. Besides, the container must hold <c>IGrains</c>,
    /// <c>IObservers</c>, <c>IFeeds</c>, <c>IAuditLog</c>, <c>IReportStore</c>, <c>IMetricStore</c>, <c>IAlertStore</c>, <c>ITaskStore</c>,
    /// <c>IReadOnlyList&lt;ExpertView&gt;</c>, a
    /// <see cref="TimeProvider"/> and <see cref="PlatformKey"/>, and start what runs grains before this.
    /// </summary>
    public static IServiceCollection AddMcp(this IServiceCollection services, Action<McpOptions>? configure = null)
    {
        var options = services.AddOptions<McpOptions>()
            .Validate(
                o => o is { MaxStreams: > 0, MaxStreamsPerCredential: > 0, MaxMessageBytes: > 0 }
                    && o.SessionLifetime > TimeSpan.Zero && o.KeepAlive > TimeSpan.Zero,
                "Mcp: MaxStreams, MaxStreamsPerCredential, MaxMessageBytes, SessionLifetime and KeepAlive must be above zero.")
            .ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        // The SDK logs each failed request with its stack; who calls would fill our log. What we must know the catalogue logs itself.
        services.AddLogging(logging => logging.AddFilter("ModelContextProtocol", LogLevel.Critical));
        services.TryAddSingleton<Auditor>();
        services.TryAddSingleton<AgentOperations>();
        services.TryAddSingleton<SqlOperations>();
        services.TryAddSingleton<DiagnosisOperations>();
        services.TryAddSingleton<ExpertOperations>();
        services.AddMetricOperations();
        services.AddAlertOperations();
        services.AddTaskOperations();
        return services
            .AddMetrics()
            .AddSingleton<AgentChoice>()
            .AddSingleton(Tools)
            .AddSingleton<McpMetrics>()
            .AddSingleton<ToolCatalog>()
            .AddSingleton<ServerFactory>()
            .AddSingleton<SessionIds>()
            .AddSingleton<SessionActivity>()
            .AddHostedService(services => services.GetRequiredService<SessionActivity>())
            .AddSingleton<StreamPlaces>()
            .AddSingleton<EventStreams>()
            .AddSingleton<StreamableHttp>()
            .AddSingleton<HttpSse>();
    }

    /// <summary>Every tool, in the order in which clients see them.</summary>
    private static IReadOnlyList<OutriderTool> Tools(IServiceProvider services) =>
    [
        Make<ListAgentsTool>(services),
        Make<GetAgentTool>(services),
        Make<ListExpertsTool>(services),
        Make<RunSqlTool>(services),
        Make<ListMetricsTool>(services),
        Make<QueryMetricsTool>(services),
        Make<CompareAgentsTool>(services),
        Make<TopProcessesTool>(services),
        Make<ListAlertsTool>(services),
        Make<ExplainAlertTool>(services),
        Make<CreateRuleTool>(services),
        Make<SilenceAlertTool>(services),
        Make<RunTaskTool>(services),
        Make<GetTaskTool>(services),
        Make<CancelTaskTool>(services),
        Make<TailTaskTool>(services),
        Make<ApproveTaskTool>(services),
        .. services.GetRequiredService<IReadOnlyList<ExpertView>>().Select(expert => Make<DiagnoseTool>(services, expert)),
    ];

    private static TTool Make<TTool>(IServiceProvider services, params object[] given) where TTool : OutriderTool =>
        ActivatorUtilities.CreateInstance<TTool>(services, given);
}
