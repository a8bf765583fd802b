using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>Agents of the caller's tenant.</summary>
public static class AgentEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents");
        agents.MapGet("/", ListAsync).WithName("listAgents").WithSummary("Agents by name. Viewer.");
        agents.MapGet("/{agent}", GetAsync).WithName("getAgent").WithSummary("One agent. Viewer.");
        agents.MapDelete("/{agent}", RevokeAsync).WithName("revokeAgent")
            .WithSummary("Takes an agent's credential away and closes its link; its name may enrol again. metrics=delete removes its metrics, too. Admin.");
    }

    private static async Task<ApiResult<AgentPage>> ListAsync(
        HttpContext context, AgentOperations operations, string? after = null, int limit = RestApi.DefaultPage)
    {
        var agents = await operations.ListAsync(context.Caller(), after, limit);
        return Page(agents, limit);
    }

    private static async Task<ApiResult<AgentView>> GetAsync(HttpContext context, AgentOperations operations, string agent) =>
        await operations.GetAsync(context.Caller(), agent);

    private static async Task<DoneResult> RevokeAsync(
        HttpContext context,
        AgentOperations operations,
        RetentionOperations retention,
        string agent,
        CancellationToken cancellation,
        [Description("delete: its metrics are removed, too. Left out: keep, as long as the policy says.")] string metrics = "keep")
    {
        if (metrics is not ("keep" or "delete"))
            return (Outcome<Done>)new Problem(ProblemCodes.InvalidArgument, "metrics must be keep or delete.");
        var revoked = await operations.RevokeAsync(context.Caller(), agent, cancellation);
        return revoked.Ok && metrics == "delete" ? await retention.DeleteAsync(context.Caller(), agent, cancellation) : revoked;
    }

    private static Outcome<AgentPage> Page(Outcome<List<AgentView>> agents, int limit) => agents.Ok
        ? new AgentPage(agents.Value, agents.Value.Count == limit ? agents.Value[^1].Name : null)
        : agents.Problem;
}
