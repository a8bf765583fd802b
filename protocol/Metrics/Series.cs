using System.Text;

namespace Outrider.Protocol.Metrics;

/// <summary>What a sample is of: a metric and labels, sorted by name. Two are equal when all of that is.</summary>
public sealed class Series : IEquatable<Series>
{
    private readonly Label[] _labels;
    private readonly int _hash;

    /// <summary>Sorts the labels; keeps no reference to the array given.</summary>
    public Series(string metric, params ReadOnlySpan<Label> labels)
    {
        Metric = metric;
        _labels = labels.ToArray();
        Array.Sort(_labels, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var hash = new HashCode();
        hash.Add(metric);
        foreach (var label in _labels)
            hash.Add(label);
        _hash = hash.ToHashCode();
    }

    public string Metric { get; }

    public ReadOnlySpan<Label> Labels => _labels;

    /// <summary>The value of a label; null when there is none of that name.</summary>
    public string? this[string label]
    {
        get
        {
            foreach (var (name, value) in _labels)
            {
                if (name == label)
                    return value;
            }
            return null;
        }
    }

    /// <summary>What is wrong with this series, in words that say what to change; null when nothing is.</summary>
    public string? Fault()
    {
        if (!MetricNames.IsMetric(Metric))
            return $"'{Shown(Metric)}' can't name a metric; a name is {MetricNames.MetricRule}";
        if (_labels.Length > MetricLimits.Labels)
            return $"{Metric} has {_labels.Length} labels; at most {MetricLimits.Labels} are allowed";
        string? before = null;
        foreach (var (name, value) in _labels)
        {
            if (!MetricNames.IsLabel(name))
                return $"'{Shown(name)}' can't name a label of {Metric}; a name is {MetricNames.LabelRule}";
            if (name == before)
                return $"{Metric} has the label {name} twice";
            if (value.Length == 0)
                return $"the label {name} of {Metric} is empty; leave it out";
            if (Encoding.UTF8.GetByteCount(value) > MetricLimits.LabelValueBytes)
                return $"the value of {name} of {Metric} is longer than {MetricLimits.LabelValueBytes} bytes";
            before = name;
        }
        return null;
    }

    public bool Equals(Series? other) =>
        other is not null && _hash == other._hash && Metric == other.Metric && _labels.AsSpan().SequenceEqual(other._labels);

    public override bool Equals(object? obj) => Equals(obj as Series);

    public override int GetHashCode() => _hash;

    /// <summary>As Prometheus writes it: <c>host_disk_percent{mount="/var"}</c>.</summary>
    public override string ToString()
    {
        if (_labels.Length == 0)
            return Metric;
        var text = new StringBuilder(Metric).Append('{');
        foreach (var (name, value) in _labels)
        {
            text.Append(text[^1] == '{' ? "" : ",").Append(name).Append("=\"");
            foreach (var c in value)
                text.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ => c.ToString() });
            text.Append('"');
        }
        return text.Append('}').ToString();
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
