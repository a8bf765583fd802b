using System.Text;
using Outrider.Agent.Policy.Commands;

namespace Outrider.Agent.Secrets;

/// <summary>References <c>${secret:NAME}</c> in a text.</summary>
internal static class SecretReferences
{
    private const string Start = "${secret:";

    /// <summary>The text with each reference replaced by what its name gives. What only looks like one, as its name is none, stays.</summary>
    public static string Replace(string text, Func<string, string> value)
    {
        StringBuilder? filled = null;
        var copied = 0;
        for (var at = text.IndexOf(Start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Start, at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf('}', at);
            if (end < 0)
                break;
            var name = text[(at + Start.Length)..end];
            if (!EnvironmentNames.IsName(name))
                continue;
            filled ??= new StringBuilder();
            filled.Append(text, copied, at - copied).Append(value(name));
            copied = end + 1;
        }
        return filled is null ? text : filled.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The name, when the text is one reference and nothing else; else null.</summary>
    public static string? NameOf(string? text)
    {
        var names = new List<string>();
        var rest = Replace(text ?? "", name =>
        {
            names.Add(name);
            return "";
        });
        return rest.Length == 0 && names.Count == 1 ? names[0] : null;
    }

    /// <summary>Whether the text is one reference and nothing else.</summary>
    public static bool IsReference(string text) => text.StartsWith(Start, StringComparison.Ordinal) && Replace(text, _ => "").Length == 0;
}
