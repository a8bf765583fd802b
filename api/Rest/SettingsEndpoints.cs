using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Grains.Agents;

namespace Outrider.Api.Rest;

/// <summary>What agents shall measure and how often.</summary>
public static class SettingsEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/settings").WithTags("Agents");
        all.MapGet("/", GetAllAsync).WithName("getSettings").WithSummary("What is asked of all agents of the tenant. Viewer.");
        all.MapPut("/", SetAllAsync).WithName("setSettings")
            .WithSummary("Asks this of all agents of the tenant; each hears of it within seconds, without a restart, and its own policy may narrow it. Admin.");
        var one = api.MapGroup("/agents/{agent}/settings").WithTags("Agents");
        one.MapGet("/", GetAsync).WithName("getAgentSettings").WithSummary("What is asked of one agent, and what it comes to. Viewer.");
        one.MapPut("/", SetAsync).WithName("setAgentSettings").WithSummary("Asks this of one agent, before what is asked of all; {} takes it back. Admin.");
    }

    private static async Task<ApiResult<AgentSettings>> GetAllAsync(HttpContext context, AgentOperations operations) =>
        await operations.GetTenantSettingsAsync(context.Caller());

    private static async Task<ApiResult<AgentSettings>> SetAllAsync(
        HttpContext context, AgentOperations operations, AgentSettings settings, CancellationToken cancellation) =>
        await operations.SetTenantSettingsAsync(context.Caller(), settings, cancellation);

    private static async Task<ApiResult<AgentSettingsView>> GetAsync(HttpContext context, AgentOperations operations, string agent) =>
        await operations.GetSettingsAsync(context.Caller(), agent);

    private static async Task<ApiResult<AgentSettingsView>> SetAsync(
        HttpContext context, AgentOperations operations, string agent, AgentSettings settings, CancellationToken cancellation) =>
        await operations.SetSettingsAsync(context.Caller(), agent, settings, cancellation);
}
