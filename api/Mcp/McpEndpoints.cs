using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Mcp.Transport;

namespace Outrider.Api.Mcp;

/// <summary>The routes of the MCP front door.</summary>
public static class McpEndpoints
{
    /// <summary>
    /// Maps <c>/mcp</c> (Streamable HTTP) and <c>/sse</c> with <c>/messages</c> (the older HTTP with SSE). The host must put the result
    /// behind authentication: every handler asks for the proven caller.
    /// </summary>
    public static IEndpointConventionBuilder MapMcp(this IEndpointRouteBuilder app)
    {
        // Lambdas of two parameters are route handlers, which endpoint filters of the host see; a bare RequestDelegate isn't.
        var group = app.MapGroup("").ExcludeFromDescription();
        group.MapPost("/mcp", (HttpContext http, StreamableHttp transport) => transport.PostAsync(http));
        group.MapGet("/mcp", (HttpContext http, StreamableHttp transport) => transport.GetAsync(http));
        group.MapDelete("/mcp", (HttpContext http, StreamableHttp transport) => transport.DeleteAsync(http));
        group.MapGet("/sse", (HttpContext http, HttpSse transport) => transport.GetAsync(http));
        group.MapPost("/messages", (HttpContext http, HttpSse transport) => transport.PostAsync(http));
        return group;
    }
}
