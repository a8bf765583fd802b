using System.Globalization;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>The arguments of a run, checked against what the expert takes and completed by defaults.</summary>
public sealed class ExpertArguments
{
    /// <summary>The one argument that changes how much of a report is shown, not what is asked of the database.</summary>
    public const string IncludeDetails = "include_details";

    /// <summary>Characters that a value may have.</summary>
    public const int MaxLength = 256;

    private readonly SortedDictionary<string, string> _values;

    private ExpertArguments(SortedDictionary<string, string> values) => _values = values;

    /// <summary>The text of an argument; null when it wasn't given and has no default.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool Details => this[IncludeDetails] == "true";

    /// <summary>The same for all requests that ask the database the same.</summary>
    public string CacheKey => string.Join('\n', _values.Where(pair => pair.Key != IncludeDetails)
        .Select(pair => $"{pair.Key}={pair.Value.Length}:{pair.Value}"));

    /// <summary>Reads what a caller gave; <c>invalid_argument</c> for unknown names, other types and what the expert refuses.</summary>
    public static Outcome<ExpertArguments> Read(Expert expert, IReadOnlyDictionary<string, string> given)
    {
        var typed = Restore(expert, given);
        return typed.Ok ? expert.Check(typed.Value) : typed;
    }

    /// <summary>Reads what <see cref="ToDictionary"/> of an earlier run gave: the expert has tidied it already.</summary>
    public static Outcome<ExpertArguments> Restore(Expert expert, IReadOnlyDictionary<string, string> given)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in expert.Arguments)
        {
            if (argument.Default is not null)
                values[argument.Name] = argument.Default;
        }
        foreach (var (name, text) in given)
        {
            if (expert.Arguments.Find(argument => argument.Name == name) is not { } argument)
            {
                var known = string.Join(", ", expert.Arguments.Select(a => a.Name));
                return Invalid($"'{expert.Name}' has no argument '{Cut(name)}'; it takes {known}.");
            }
            var value = text.Trim();
            if (value.Length == 0)
                continue;
            if (Canonical(argument, value) is not { } canonical)
                return Invalid($"Argument '{name}' must be {Wanted(argument.Type)}, not '{Cut(value)}'.");
            values[name] = canonical;
        }
        return new ExpertArguments(values);
    }

    /// <summary>These with one argument set.</summary>
    public ExpertArguments With(string name, string value) => new(new(_values, StringComparer.Ordinal) { [name] = value });

    public Dictionary<string, string> ToDictionary() => new(_values);

    internal static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);

    private static string? Canonical(ExpertArgument argument, string value) => argument.Type switch
    {
        "boolean" => bool.TryParse(value, out var flag) ? (flag ? "true" : "false") : null,
        "integer" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture) : null,
        _ => value.Length <= MaxLength && !value.Any(char.IsControl) ? value : null,
    };

    private static string Wanted(string type) => type switch
    {
        "boolean" => "true or false",
        "integer" => "a whole number",
        _ => $"text of at most {MaxLength} characters without control characters",
    };

    private static string Cut(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
