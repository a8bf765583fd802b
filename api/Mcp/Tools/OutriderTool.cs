using System.Text.Json;
using ModelContextProtocol.Protocol;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

/// <summary>A tool: what clients see of it, and the call of the operation behind it.</summary>
internal abstract class OutriderTool(
    string name, string title, string description, IReadOnlyList<ToolParameter> parameters, JsonElement outputSchema, bool changes = false,
    bool destructive = false)
{
    public IReadOnlyList<ToolParameter> Parameters { get; } = parameters;

    /// <summary>Most tools only read, and what they read changes by itself, on a system outside. Tasks may do anything there.</summary>
    public Tool Definition { get; } = new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = ToolParameter.SchemaOf(parameters),
        OutputSchema = outputSchema,
        Annotations = new()
        {
            Title = title, ReadOnlyHint = !changes, DestructiveHint = destructive, IdempotentHint = !changes, OpenWorldHint = !changes || destructive,
        },
    };

    public abstract Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation);
}
