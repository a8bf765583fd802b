namespace Outrider.Grains.Metrics.PromQl;

/// <summary>The words of aggregations.</summary>
internal static class AggregateOperators
{
    private static readonly Dictionary<string, AggregateOperator> s_byText =
        Enum.GetValues<AggregateOperator>().ToDictionary(Text, StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of Prometheus that aren't here.</summary>
    public static IReadOnlySet<string> Unsupported { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "stddev", "stdvar", "group", "count_values" };

    public static AggregateOperator? Find(string text) => s_byText.TryGetValue(text, out var found) ? found : null;

    public static string Text(this AggregateOperator self) => self.ToString().ToLowerInvariant();

    public static bool TakesArgument(this AggregateOperator self) => self >= AggregateOperator.Quantile;
}
