using System.Text.RegularExpressions;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>Makes summaries of Prometheus' annotations: the common placeholders of Go's templates become ours.</summary>
internal static partial class AnnotationText
{
    /// <summary>The text with our placeholders; what has no counterpart is left out, and a note says so.</summary>
    public static string Translate(string annotation, List<string> notes)
    {
        var text = Placeholder().Replace(annotation, match =>
        {
            if (Label().Match(match.Value) is { Success: true } label)
                return label.Groups[1].Value is MetricNames.AgentLabel or "instance" ? "{{agent}}" : $"{{{{labels.{label.Groups[1].Value}}}}}";
            if (Value().IsMatch(match.Value))
                return "{{value}}";
            notes.Add($"{Short(match.Value)} is left out of the summary: it has no counterpart here.");
            return "";
        });
        // A name that no label of ours can have, or braces that never close.
        return SummaryTemplate.Unknown(text) is null ? text : Drop(text, notes);
    }

    private static string Drop(string text, List<string> notes)
    {
        while (SummaryTemplate.Unknown(text) is { } unknown)
        {
            notes.Add($"{Short(unknown)} is left out of the summary: it has no counterpart here.");
            text = text.Replace(unknown, "", StringComparison.Ordinal);
        }
        return text;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"\{\{[^{}]*\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\{\{-?\s*\$labels\.([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}\z")]
    private static partial Regex Label();

    /// <summary><c>$value</c>, alone, formatted by printf or piped into something that makes it readable.</summary>
    [GeneratedRegex(@"^\{\{-?\s*(?:printf\s+""[^""]*""\s+)?(?:\$value|\.Value)(?:\s*\|\s*[A-Za-z0-9]+(?:\s+""[^""]*"")?)*\s*-?\}\}\z")]
    private static partial Regex Value();
}
