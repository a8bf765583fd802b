using System.Buffers;
using System.Text.Json;

namespace Outrider.Agent.Secrets;

/// <summary>Rewrites the strings and numbers in a JSON value; names of members stay. A number that changes becomes a string.</summary>
internal static class JsonStrings
{
    /// <summary>The value with each string, and the text of each number, replaced.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <param name="map">Takes the name of the member that holds it (of an array its own; null: the value itself) and the text.</param>
    public static JsonElement Map(JsonElement value, Func<string?, string, string> map)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            Write(value, null, map, writer);
        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(JsonElement value, string? name, Func<string?, string, string> map, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                writer.WriteStringValue(map(name, value.GetString()!));
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, member.Name, map, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(item, name, map, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when map(name, value.GetRawText()) is var mapped && mapped != value.GetRawText():
                writer.WriteStringValue(mapped);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
