using System.Text.Json.Nodes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>Texts in JSON that may be something else.</summary>
internal static class JsonText
{
    /// <summary>The text; null: it isn't there, is empty or is no text.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
