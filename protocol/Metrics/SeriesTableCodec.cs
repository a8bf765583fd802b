using System.Buffers;

namespace Outrider.Protocol.Metrics;

/// <summary>
/// The series of a batch: the different strings once, then each series as positions among them. It stands apart from the samples because
/// an agent's batches have mostly the same one, byte for byte: who has read it once need only compare it.
/// </summary>
internal static class SeriesTableCodec
{
    public static void Write(IBufferWriter<byte> to, IReadOnlyList<SeriesSamples> series)
    {
        var strings = new List<string>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (one, _) in series)
        {
            Enter(one.Metric);
            foreach (var (name, value) in one.Labels)
            {
                Enter(name);
                Enter(value);
            }
        }
        var writer = new BatchWriter(to);
        writer.Unsigned((ulong)strings.Count);
        foreach (var text in strings)
            writer.Text(text);
        writer.Unsigned((ulong)series.Count);
        foreach (var (one, _) in series)
        {
            writer.Unsigned((ulong)positions[one.Metric]);
            writer.Unsigned((ulong)one.Labels.Length);
            foreach (var (name, value) in one.Labels)
            {
                writer.Unsigned((ulong)positions[name]);
                writer.Unsigned((ulong)positions[value]);
            }
        }

        void Enter(string text)
        {
            if (positions.TryAdd(text, strings.Count))
                strings.Add(text);
        }
    }

    public static Series[] Read(ReadOnlySpan<byte> block)
    {
        var reader = new BatchReader(block);
        var strings = new string[reader.Count(MetricLimits.Strings, "different strings")];
        for (var i = 0; i < strings.Length; i++)
            strings[i] = reader.Text(MetricLimits.LabelValueBytes, "bytes in a string");
        var series = new Series[reader.Count(MetricLimits.Series, "series")];
        if (series.Length == 0)
            throw new FormatException("its series table is empty");
        for (var i = 0; i < series.Length; i++)
            series[i] = ReadOne(ref reader, strings);
        reader.End();
        return series;
    }

    private static Series ReadOne(ref BatchReader reader, string[] strings)
    {
        var metric = strings[reader.Index(strings.Length, "string")];
        var labels = new Label[reader.Count(MetricLimits.Labels, "labels in one series")];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = new Label(strings[reader.Index(strings.Length, "string")], strings[reader.Index(strings.Length, "string")]);
            if (i > 0 && string.CompareOrdinal(labels[i - 1].Name, labels[i].Name) >= 0)
                throw new FormatException($"the labels of {metric} are not sorted by name, or one is there twice");
        }
        var series = new Series(metric, labels);
        return series.Fault() is { } fault ? throw new FormatException(fault) : series;
    }
}
