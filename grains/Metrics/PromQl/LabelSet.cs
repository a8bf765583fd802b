using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>
/// Labels sorted by name, by which the series of an expression are told apart: <c>agent</c> and <c>__name__</c> among them, as in
/// Prometheus. Equal when all labels are.
/// </summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    private readonly Label[] _labels;
    private readonly int _hash;

    private LabelSet(Label[] sorted)
    {
        _labels = sorted;
        var hash = new HashCode();
        foreach (var label in sorted)
            hash.Add(label);
        _hash = hash.ToHashCode();
    }

    public static LabelSet Empty { get; } = new([]);

    public ReadOnlySpan<Label> Labels => _labels;

    public static LabelSet Of(StoredSeries stored)
    {
        var labels = new List<Label>(stored.Series.Labels.Length + 2);
        labels.AddRange(stored.Series.Labels);
        labels.Add(new Label(SeriesSelector.NameLabel, stored.Series.Metric));
        labels.Add(new Label(MetricNames.AgentLabel, stored.Agent));
        labels.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new LabelSet([.. labels]);
    }

    public LabelSet Keep(IReadOnlyList<string> names) => Choose(label => names.Contains(label.Name));

    public LabelSet Drop(IReadOnlyList<string> names) => names.Count == 0 ? this : Choose(label => !names.Contains(label.Name));

    public LabelSet DropName() => Choose(static label => label.Name != SeriesSelector.NameLabel);

    /// <summary>By the first label that differs, as Prometheus sorts.</summary>
    public static int Compare(LabelSet a, LabelSet b)
    {
        for (var i = 0; i < a._labels.Length && i < b._labels.Length; i++)
        {
            if (string.CompareOrdinal(a._labels[i].Name, b._labels[i].Name) is not 0 and var byName)
                return byName;
            if (string.CompareOrdinal(a._labels[i].Value, b._labels[i].Value) is not 0 and var byValue)
                return byValue;
        }
        return a._labels.Length - b._labels.Length;
    }

    public bool Equals(LabelSet? other) =>
        other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && _labels.AsSpan().SequenceEqual(other._labels)));

    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    public override int GetHashCode() => _hash;

    public override string ToString() =>
        $"{{{string.Join(", ", _labels.Select(label => $"{label.Name}={QuotedText.Write(label.Value)}"))}}}";

    private LabelSet Choose(Predicate<Label> wanted)
    {
        var chosen = Array.FindAll(_labels, wanted);
        return chosen.Length == _labels.Length ? this : new LabelSet(chosen);
    }
}
