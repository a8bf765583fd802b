using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Outrider.Api.Auth;
using Outrider.Api.Problems;
using Outrider.Api.Rest;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Install;

/// <summary>Gives the agent to machines that don't have it yet; they have no credential, so nobody is asked for one.</summary>
public static class InstallEndpoints
{
    private const string Binary = "/install/outrider-agent-linux-x64";

    /// <summary>Maps the script and the program.</summary>
    public static void MapInstall(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(InstallScript.Path, ScriptAsync).ExcludeFromDescription();
        endpoints.MapMethods(Binary, [HttpMethods.Get, HttpMethods.Head], BinaryAsync).ExcludeFromDescription();
        endpoints.MapGet($"{Binary}.sha256", SumAsync).ExcludeFromDescription();
    }

    /// <summary>Maps what callers are told of it.</summary>
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/install", Describe).WithTags("Agents").WithName("getInstall")
        .WithSummary("The command that installs an agent from this centre. Viewer.");

    private static ApiResult<InstallView> Describe(HttpContext context, AgentBinary binary)
    {
        if (Permissions.Require(context.Caller(), Permission.AgentsRead) is { } forbidden)
            return (Outcome<InstallView>)forbidden;
        var url = InstallScript.UrlOf(context.Request);
        return url.Ok ? (Outcome<InstallView>)new InstallView(binary.IsThere, InstallScript.CommandOf(url.Value)) : url.Problem;
    }

    private static async Task ScriptAsync(HttpContext context)
    {
        var url = InstallScript.UrlOf(context.Request);
        if (!url.Ok)
        {
            await ProblemJson.WriteAsync(context, url.Problem);
            return;
        }
        // It holds the address that this caller used: nobody else's.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/x-shellscript; charset=utf-8";
        await context.Response.WriteAsync(InstallScript.Of(url.Value), context.RequestAborted);
    }

    private static async Task BinaryAsync(HttpContext context, AgentBinary binary)
    {
        if (await binary.ReadSumAsync() is not { } sum)
        {
            await ProblemJson.WriteAsync(context, Missing());
            return;
        }
        context.Response.Headers.CacheControl = "no-cache";
        await Results.File(binary.Path, MediaTypeNames.Application.Octet, "outrider-agent",
            File.GetLastWriteTimeUtc(binary.Path), new EntityTagHeaderValue($"\"{sum}\""), enableRangeProcessing: true).ExecuteAsync(context);
    }

    private static async Task SumAsync(HttpContext context, AgentBinary binary)
    {
        if (await binary.ReadSumAsync() is not { } sum)
        {
            await ProblemJson.WriteAsync(context, Missing());
            return;
        }
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync($"{sum}  outrider-agent-linux-x64\n", context.RequestAborted);
    }

    private static Problem Missing() => new(ProblemCodes.NotFound,
        "This centre has no agent to give. Put the published program to agent/outrider-agent beside the centre's, or set agent_binary to its path.");
}
