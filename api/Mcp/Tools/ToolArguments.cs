using System.Globalization;
using System.Text.Json;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

/// <summary>The arguments of one call, checked. A null counts as left out, because models write it so.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, JsonElement> _values;

    private ToolArguments(Dictionary<string, JsonElement> values) => _values = values;

    public static Outcome<ToolArguments> Parse(IReadOnlyList<ToolParameter> parameters, IDictionary<string, JsonElement>? given)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in given ?? new Dictionary<string, JsonElement>())
        {
            if (parameters.FirstOrDefault(one => one.Name == name) is not { } parameter)
                return Invalid($"There is no argument '{Short(name)}'. {Takes(parameters)}");
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                continue;
            if (parameter.Objection(value) is { } objection)
                return Invalid($"The argument '{name}' {objection}; it is {Short(value.GetRawText())}.");
            values.Add(name, value);
        }
        return parameters.FirstOrDefault(one => one.Required && !values.ContainsKey(one.Name)) is { } missing
            ? Invalid($"The argument '{missing.Name}' is missing. {Takes(parameters)}")
            : new ToolArguments(values);
    }

    public string? Text(string name) => _values.TryGetValue(name, out var value) ? value.GetString() : null;

    /// <summary>The strings of a list; none if it was left out.</summary>
    public List<string> Texts(string name) =>
        _values.TryGetValue(name, out var value) ? [.. value.EnumerateArray().Select(one => one.GetString()!)] : [];

    /// <summary>An object; null if left out.</summary>
    public JsonElement? Object(string name) => _values.TryGetValue(name, out var value) ? value : null;

    public bool Flag(string name) => _values.TryGetValue(name, out var value) && value.GetBoolean();

    public int Integer(string name, int otherwise) =>
        _values.TryGetValue(name, out var value) && ToolParameter.TryInteger(value, out var number) ? number : otherwise;

    /// <summary>A number; null if left out.</summary>
    public double? Number(string name) => _values.TryGetValue(name, out var value) ? value.GetDouble() : null;

    /// <summary>The value as text, as experts take theirs; null if left out.</summary>
    public string? AsText(string name) => !_values.TryGetValue(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Integer(name, 0).ToString(CultureInfo.InvariantCulture),
    };

    private static string Takes(IReadOnlyList<ToolParameter> parameters) => parameters.Count == 0
        ? "This tool takes none."
        : $"This tool takes: {string.Join(", ", parameters.Select(one => one.Required ? $"{one.Name} (required)" : one.Name))}.";

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
