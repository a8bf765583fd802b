using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Outrider.Api.Auth;
using Outrider.Api.Mcp.Text;
using Outrider.Api.Mcp.Transport;
using Outrider.Api.Operations;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

/// <summary>All tools, the same list for every caller: what a role may not do, the call says.</summary>
internal sealed class ToolCatalog(IReadOnlyList<OutriderTool> tools, McpMetrics metrics, ILogger<ToolCatalog> logger)
{
    private readonly Dictionary<string, OutriderTool> _tools = tools.ToDictionary(tool => tool.Definition.Name, StringComparer.Ordinal);

    public ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellation) =>
        ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.Select(tool => tool.Definition)] });

    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        if (request.Params.Name is not { } name || !_tools.TryGetValue(name, out var tool)) // {"name":null} comes through.
        {
            throw new McpProtocolException(
                $"Unknown tool '{request.Params.Name}'. There are: {string.Join(", ", _tools.Keys)}.", McpErrorCode.InvalidParams);
        }
        var arguments = ToolArguments.Parse(tool.Parameters, request.Params.Arguments);
        if (!arguments.Ok)
            return Failed(arguments.Problem);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, RequestContextItems.Gone(request));
        var call = new ToolCall(RequestContextItems.Caller(request), arguments.Value, ProgressOf(request, end.Token));
        var start = metrics.Start();
        CallOrigin.BeginWithin(start);
        var outcome = await CallAsync(tool, call, end.Token);
        metrics.Called(request.Params.Name, outcome.Problem?.Code ?? "ok", start);
        end.Token.ThrowIfCancellationRequested(); // Who cancelled gets no answer, not even that it was cancelled.
        return outcome.Ok
            ? new() { Content = [new TextContentBlock { Text = outcome.Value.Text }], StructuredContent = outcome.Value.Structured }
            : Failed(outcome.Problem);
    }

    private async Task<Outcome<ToolAnswer>> CallAsync(OutriderTool tool, ToolCall call, CancellationToken cancellation)
    {
        try
        {
            return await tool.CallAsync(call, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (GrainCalls.Describe(e) is { } passing)
        {
            logger.LogWarning(e, "Tool {Tool} was answered {Code} for tenant {Tenant}", tool.Definition.Name, passing.Code, call.Caller.Tenant);
            return passing;
        }
        catch (Exception e)
        {
            var reference = Guid.CreateVersion7().ToString("N");
            logger.LogError(
                e, "Tool {Tool} failed for tenant {Tenant}, reference {Reference}", tool.Definition.Name, call.Caller.Tenant, reference);
            return new Problem(ProblemCodes.Internal, $"The centre failed; its log says why under reference {reference}.");
        }
    }

    private static Func<ProgressNotificationValue, Task>? ProgressOf(RequestContext<CallToolRequestParams> request, CancellationToken end) =>
        request.Params.ProgressToken is { } token
            ? value => request.Server.NotifyProgressAsync(token, value, cancellationToken: end)
            : null;

    /// <summary>No structured content: clients hold it against the output schema, which describes success.</summary>
    private static CallToolResult Failed(Problem problem) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = ProblemText.Render(problem) }],
        Meta = new() { ["outrider/problem"] = System.Text.Json.Nodes.JsonNode.Parse(McpJson.ToElement(problem).GetRawText()) },
    };
}
