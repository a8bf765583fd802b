using System.Text.Json;
using ModelContextProtocol.Protocol;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

/// <summary>A tool: what clients see of it, and the call of the operation behind it.</summary>
internal abstract class OutriderTool(
    string name, string title, string description, IReadOnlyList<ToolParameter> parameters, JsonElement outputSchema)
{
    public IReadOnlyList<ToolParameter> Parameters { get; } = parameters;

    /// <summary>Every tool only reads; what it reads changes by itself, on a system outside.</summary>
    public Tool Definition { get; } = new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = ToolParameter.SchemaOf(parameters),
        OutputSchema = outputSchema,
        Annotations = new() { Title = title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public abstract Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation);
}
