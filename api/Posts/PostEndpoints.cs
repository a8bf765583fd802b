using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Posts.Reports;
using Outrider.Api.Rest;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Posts;

/// <summary>
/// The front door for agents that can't hold a socket (docs/formats/agent-posts.md): <c>AddPosts</c> and <c>MapPosts</c>. It stands beside
/// the authentication of callers: agents prove themselves to their own grain.
/// </summary>
public static class PostEndpoints
{
    public static IServiceCollection AddPosts(this IServiceCollection services) =>
        services.AddSingleton<PostReader>().AddSingleton<PostGate>().AddSingleton<AgentPosts>();

    public static IEndpointConventionBuilder MapPosts(this IEndpointRouteBuilder endpoints)
    {
        var posts = endpoints.MapGroup(RestApi.Prefix).WithTags("Agents without a link").WithMetadata(AgentRequired.Instance);
        Map<RegisteredAgent>(posts, "/register", tokensToo: true, (agents, credential, request) => agents.RegisterAsync(credential, request))
            .Accepts<RegisterPost>(PostReader.Json).WithName("register")
            .WithSummary("Registers an agent by an enrolment token, or again by its credential. A credential made here is shown this once.");
        Map<HeartbeatAnswer>(posts, "/heartbeat", tokensToo: false, (agents, credential, request) => agents.HeartbeatAsync(credential, request))
            .Accepts<HeartbeatPost>(PostReader.Json).WithName("heartbeat")
            .WithSummary("Says that an agent lives, and answers what it shall keep to.");
        Map<ReportAnswer>(posts, "/report", tokensToo: false, (agents, credential, request) => agents.ReportAsync(credential, request))
            .Accepts<Report>(PostReader.Json, PostReader.Batch).WithName("report")
            .WithSummary("Stores what an agent measured, once however often it comes: JSON, or a metric batch with server_name in the query.");
        return posts;
    }

    private static RouteHandlerBuilder Map<T>(
        IEndpointRouteBuilder posts, string path, bool tokensToo, Func<AgentPosts, Credential, HttpRequest, Task<Outcome<T>>> serve) =>
        posts.MapPost(path, async (HttpContext context, PostGate gate, AgentPosts agents) =>
        {
            // An answer may hold a credential.
            context.Response.Headers.CacheControl = "no-store";
            return (ApiResult<T>)await gate.PassAsync(context, tokensToo, credential => serve(agents, credential, context.Request));
        });
}
