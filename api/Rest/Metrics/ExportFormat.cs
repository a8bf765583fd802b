using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Rows;

namespace Outrider.Api.Rest.Metrics;

/// <summary>How samples are written: each a line of time, agent, metric, labels (as JSON) and value.</summary>
public sealed class ExportFormat
{
    private const int MaxNumber = 64;

    private readonly string _quote;
    private readonly byte[] _open;
    private readonly Func<StoredSeries, byte[]> _middle;
    private readonly byte[] _close;

    private ExportFormat(
        string name, string contentType, string header, string quote, (string Open, string Close) line, Func<StoredSeries, byte[]> middle)
    {
        (Name, ContentType, Header) = (name, contentType, Encoding.UTF8.GetBytes(header));
        (_quote, _open, _close, _middle) = (quote, Encoding.UTF8.GetBytes(line.Open), Encoding.UTF8.GetBytes(line.Close), middle);
    }

    public static ExportFormat Csv { get; } = new("csv", "text/csv", "time,agent,metric,labels,value\n", "", ("", "\n"), CsvMiddle);

    /// <summary>Numbers that JSON hasn't, NaN and the infinities, are strings.</summary>
    public static ExportFormat JsonLines { get; } = new("jsonl", "application/jsonl", "", "\"", ("{\"time\":\"", "}\n"), JsonMiddle);

    public string Name { get; }

    public string ContentType { get; }

    /// <summary>What stands before the first line.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>Null: <see cref="Csv"/>; a name of none: null.</summary>
    public static ExportFormat? Find(string? name) => name is null or "csv" ? Csv : name == "jsonl" ? JsonLines : null;

    /// <summary>What is the same in all lines of a series.</summary>
    public byte[] Middle(StoredSeries series) => _middle(series);

    public void Write(IBufferWriter<byte> to, ReadOnlySpan<byte> middle, Sample sample)
    {
        to.Write(_open);
        var span = to.GetSpan(MaxNumber);
        Times.At(sample.Time).UtcDateTime.TryFormat(span, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        to.Advance(written);
        to.Write(middle);
        if (double.IsFinite(sample.Value))
        {
            sample.Value.TryFormat(to.GetSpan(MaxNumber), out written, "R", CultureInfo.InvariantCulture);
            to.Advance(written);
        }
        else
        {
            var text = double.IsNaN(sample.Value) ? "NaN" : sample.Value > 0 ? "+Inf" : "-Inf";
            to.Write(Encoding.UTF8.GetBytes(_quote + text + _quote));
        }
        to.Write(_close);
    }

    private static byte[] CsvMiddle(StoredSeries series)
    {
        var labels = Json(writer => WriteLabels(writer, series.Series));
        return Encoding.UTF8.GetBytes($",{CsvField.Of(series.Agent)},{CsvField.Of(series.Series.Metric)},{CsvField.Of(labels)},");
    }

    private static byte[] JsonMiddle(StoredSeries series)
    {
        var rest = Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("agent", series.Agent);
            writer.WriteString("metric", series.Series.Metric);
            writer.WritePropertyName("labels");
            WriteLabels(writer, series.Series);
            writer.WriteEndObject();
        });
        // Without its braces it goes on from the time to the value.
        return Encoding.UTF8.GetBytes($"\",{rest[1..^1]},\"value\":");
    }

    private static void WriteLabels(Utf8JsonWriter writer, Series series)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in series.Labels)
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, RestJson.Writer))
            write(writer);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
