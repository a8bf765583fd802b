using System.Text.Json;

namespace Outrider.Api.Mcp.Tools;

/// <summary>A tool's result twice: as text that a model or person reads, and whole, as its output schema says.</summary>
internal sealed record ToolAnswer(string Text, JsonElement Structured);
