using System.Text.Json;
using ModelContextProtocol.Protocol;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

/// <summary>A tool: what clients see of it, and the call of the operation behind it.</summary>
internal abstract class OutriderTool(
    string name, string title, string description, IReadOnlyList<ToolParameter> parameters, JsonElement outputSchema, bool changes = false)
{
    public IReadOnlyList<ToolParameter> Parameters { get; } = parameters;

    /// <summary>Most tools only read, and what they read changes by itself, on a system outside. None takes anything away.</summary>
    public Tool Definition { get; } = new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = ToolParameter.SchemaOf(parameters),
        OutputSchema = outputSchema,
        Annotations = new()
        {
            Title = title, ReadOnlyHint = !changes, DestructiveHint = false, IdempotentHint = !changes, OpenWorldHint = !changes,
        },
    };

    public abstract Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation);
}
