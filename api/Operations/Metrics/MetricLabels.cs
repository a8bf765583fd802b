using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Metrics;

internal static class MetricLabels
{
    /// <summary>The labels of a series as answers have them.</summary>
    public static Dictionary<string, string> Of(Series series)
    {
        var labels = new Dictionary<string, string>(series.Labels.Length, StringComparer.Ordinal);
        foreach (var (name, value) in series.Labels)
            labels.Add(name, value);
        return labels;
    }
}
