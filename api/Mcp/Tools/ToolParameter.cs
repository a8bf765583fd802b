using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrider.Api.Mcp.Tools;

/// <summary>A parameter of a tool: source of both its input schema and the check of its arguments.</summary>
/// <param name="Type"><c>string</c>, <c>boolean</c>, <c>integer</c>, <c>number</c>, <see cref="Strings"/> or <see cref="AnyObject"/>.</param>
internal sealed record ToolParameter(string Name, string Type, string Description)
{
    /// <summary>The type of a list of strings.</summary>
    public const string Strings = "strings";

    /// <summary>The type of an object with members that the operation knows.</summary>
    public const string AnyObject = "object";

    public bool Required { get; init; }

    /// <summary>Characters of a string at most.</summary>
    public int MaxLength { get; init; } = 256;

    /// <summary>Strings of a list at most.</summary>
    public int MaxItems { get; init; } = 1;

    public int Minimum { get; init; } = int.MinValue;

    public int Maximum { get; init; } = int.MaxValue;

    /// <summary>What holds when it is left out, as JSON; null: the description says.</summary>
    public JsonNode? Default { get; init; }

    public static JsonElement SchemaOf(IReadOnlyList<ToolParameter> parameters)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject([.. parameters.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Schema()))]),
            ["additionalProperties"] = false,
        };
        if (parameters.Any(one => one.Required))
            schema["required"] = new JsonArray([.. parameters.Where(one => one.Required).Select(one => JsonValue.Create(one.Name))]);
        return McpJson.ToElement<JsonNode>(schema);
    }

    /// <summary>Why the value won't do, as the end of a sentence; null if it will.</summary>
    public string? Objection(JsonElement value) => Type switch
    {
        "string" when value.ValueKind is not JsonValueKind.String => "must be a string",
        "string" when Required && value.GetString()!.Length == 0 => "must not be empty",
        "string" when value.GetString()!.Length > MaxLength => $"may have {MaxLength} characters at most",
        Strings when value.ValueKind is not JsonValueKind.Array || value.EnumerateArray().Any(one => one.ValueKind is not JsonValueKind.String) =>
            "must be an array of strings",
        Strings when value.GetArrayLength() > MaxItems => $"may have {MaxItems} strings at most",
        Strings when value.EnumerateArray().Any(one => one.GetString()!.Length > MaxLength) => $"may have strings of {MaxLength} characters at most",
        AnyObject when value.ValueKind is not JsonValueKind.Object => "must be an object",
        "boolean" when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => "must be true or false",
        "integer" when !TryInteger(value, out var number) || number < Minimum || number > Maximum =>
            $"must be an integer{(Minimum > int.MinValue ? $" from {Minimum}" : "")}{(Maximum < int.MaxValue ? $" to {Maximum}" : "")}",
        "number" when value.ValueKind is not JsonValueKind.Number || !value.TryGetDouble(out var real) || !double.IsFinite(real) => "must be a number",
        _ => null,
    };

    /// <summary>JSON has one kind of number: 10.0 is an integer too.</summary>
    public static bool TryInteger(JsonElement value, out int number)
    {
        number = 0;
        if (value.ValueKind is not JsonValueKind.Number)
            return false;
        if (value.TryGetInt32(out number))
            return true;
        if (!value.TryGetDouble(out var real) || real != Math.Truncate(real) || real is < int.MinValue or > int.MaxValue)
            return false;
        number = (int)real;
        return true;
    }

    /// <summary>A default that is written as text, as JSON of its type.</summary>
    public static JsonNode? Parse(string type, string text) => type == "string" ? JsonValue.Create(text) : JsonNode.Parse(text);

    private JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = Type == Strings ? "array" : Type, ["description"] = Description };
        if (Type == Strings)
        {
            schema["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = MaxLength };
            schema["maxItems"] = MaxItems;
        }
        if (Type == "string")
            schema["maxLength"] = MaxLength;
        if (Type == "string" && Required)
            schema["minLength"] = 1;
        if (Minimum > int.MinValue)
            schema["minimum"] = Minimum;
        if (Maximum < int.MaxValue)
            schema["maximum"] = Maximum;
        if (Default is not null)
            schema["default"] = Default.DeepClone();
        return schema;
    }
}
