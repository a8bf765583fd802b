using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Outrider.Api.Operations.Alerts;

namespace Outrider.Api.Mcp;

/// <summary>How results are written as JSON: snake case, enums as words, nulls kept because the output schemas name every member.</summary>
internal static class McpJson
{
    private static readonly JsonSerializerOptions s_options = Create();

    /// <summary>A type that writes itself has no schema, which comes as <c>true</c>; the official client refuses a whole list for one.</summary>
    private static readonly JsonSchemaExporterOptions s_schemas = new()
    {
        TransformSchemaNode = static (context, schema) => (Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type) switch
        {
            var type when type == typeof(RuleDuration) => new JsonObject { ["type"] = new JsonArray("string", "null") },
            var type when type == typeof(JsonElement) => new JsonObject(),
            _ => schema,
        },
    };

    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, s_options);

    /// <summary>The output schema of a result type. No <c>$schema</c> member: readers of older drafts refuse one they don't know.</summary>
    public static JsonElement SchemaOf<T>(string description)
    {
        // Whether the elements of a list may be null can't be seen at run time, so the schema lets them.
        var schema = s_options.GetJsonSchemaAsNode(typeof(T), s_schemas).AsObject();
        schema["type"] = "object";
        schema["description"] = description;
        return ToElement<JsonNode>(schema);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly();
        return options;
    }
}
