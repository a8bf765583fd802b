using Outrider.Grains.Alerts.Rules;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Patterns of labels as JSON has them, by name, and as grains do, <c>name=pattern</c>.</summary>
internal static class LabelPairs
{
    public static List<string> Of(Dictionary<string, string>? labels) => [.. (labels ?? []).Select(label => $"{label.Key}={label.Value}")];

    public static Dictionary<string, string> Of(List<string> pairs)
    {
        var labels = new Dictionary<string, string>(pairs.Count, StringComparer.Ordinal);
        foreach (var (name, pattern) in pairs.Select(LabelPattern.Of))
            labels[name] = pattern;
        return labels;
    }
}
