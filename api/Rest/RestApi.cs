using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Outrider.Api.Auth;
using Outrider.Api.Install;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Alerts;
using Outrider.Api.Operations.Files;
using Outrider.Api.Operations.Fleet;
using Outrider.Api.Operations.Metrics;
using Outrider.Api.Operations.People;
using Outrider.Api.Operations.Tasks;
using Outrider.Api.Problems;
using Outrider.Api.Rest.Alerts;
using Outrider.Api.Rest.Files;
using Outrider.Api.Rest.Fleet;
using Outrider.Api.Rest.Metrics;
using Outrider.Api.Rest.People;
using Outrider.Api.Rest.Tasks;

namespace Outrider.Api.Rest;

/// <summary>The REST front door: <c>AddRest</c> and <c>MapRest</c>.</summary>
public static class RestApi
{
    public const string Prefix = "/api/v1";

    /// <summary>Entries of a page unless the caller says otherwise; <see cref="AgentOperations.MaxPage"/> at most.</summary>
    public const int DefaultPage = 20;

    public static IServiceCollection AddRest(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => RestJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.TryAddSingleton<Auditor>();
        services.TryAddSingleton(InstallOptions.Default);
        services.TryAddSingleton<AgentBinary>();
        services.TryAddSingleton<AgentOperations>();
        services.TryAddSingleton<SqlOperations>();
        services.TryAddSingleton<DiagnosisOperations>();
        services.TryAddSingleton<TenantOperations>();
        services.TryAddSingleton<AuditOperations>();
        services.TryAddSingleton<ExpertOperations>();
        services.AddPeopleOperations();
        services.TryAddSingleton(new OAuthProviders([]));
        services.AddMetricOperations();
        services.AddAlertOperations();
        services.AddFileOperations();
        services.AddFleetOperations();
        services.AddTaskOperations();
        services.TryAddSingleton<TaskStreams>();
        return services.AddOpenApiDocument();
    }

    /// <summary>Maps every resource, all behind authentication.</summary>
    public static IEndpointConventionBuilder MapRest(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Prefix).RequireCaller();
        AgentEndpoints.Map(api);
        InstallEndpoints.Map(api);
        FleetEndpoints.Map(api);
        SettingsEndpoints.Map(api);
        SqlEndpoints.Map(api);
        DiagnosisEndpoints.Map(api);
        TenantEndpoints.Map(api);
        UserEndpoints.Map(api);
        AuthEndpoints.Map(api);
        AuthEndpoints.MapOpen(endpoints);
        AuditEndpoints.Map(api);
        MetricEndpoints.Map(api);
        OldPathEndpoints.Map(api);
        RuleEndpoints.Map(api);
        AlertEndpoints.Map(api);
        SilenceEndpoints.Map(api);
        ChannelEndpoints.Map(api);
        FileEndpoints.Map(api);
        FileEndpoints.MapContent(endpoints);
        TaskEndpoints.Map(api);
        FanoutEndpoints.Map(api);
        endpoints.MapOpenApi("/openapi/{documentName}.json");
        return api;
    }

    /// <summary>Turns every failure of what comes after it into a problem. The first in the pipeline.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) => app.UseMiddleware<ProblemMiddleware>();
}
