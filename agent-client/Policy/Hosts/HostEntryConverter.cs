using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Agent.Policy.Hosts;

/// <summary>Reads <c>"name"</c> or <c>{"host": "name", "private": true}</c>.</summary>
internal sealed class HostEntryConverter : JsonConverter<HostEntry>
{
    public override HostEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
            return new HostEntry(reader.GetString()!);
        if (reader.TokenType is not JsonTokenType.StartObject)
            throw new JsonException("a host is a text, or an object with host and private");
        string? host = null;
        var isPrivate = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (name == "host" && reader.TokenType is JsonTokenType.String)
                host = reader.GetString();
            else if (name == "private" && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
                isPrivate = reader.GetBoolean();
            else
                throw new JsonException($"a host has host, a text, and private, true or false; not '{name}' like this");
        }
        return new HostEntry(host ?? throw new JsonException("a host has no 'host'"), isPrivate);
    }

    public override void Write(Utf8JsonWriter writer, HostEntry value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("host", value.Host);
        writer.WriteBoolean("private", value.Private);
        writer.WriteEndObject();
    }
}
