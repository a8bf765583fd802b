using System.Buffers.Text;
using System.Text;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Scraping;

/// <summary>
/// A line of Prometheus' text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format). The name is found first, so that whatever isn't
/// wanted costs no more.
/// </summary>
internal readonly ref struct PrometheusLine
{
    private readonly ReadOnlySpan<byte> _labels;

    private PrometheusLine(ReadOnlySpan<byte> series, ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, double value)
    {
        Series = series;
        Name = name;
        _labels = labels;
        Value = value;
    }

    /// <summary>Name and labels as they stand there: the same series has the same text from scrape to scrape.</summary>
    public ReadOnlySpan<byte> Series { get; }

    public ReadOnlySpan<byte> Name { get; }

    public double Value { get; }

    /// <summary>Reads a line without its end. False: it is blank, a comment, or not of the format.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out PrometheusLine read)
    {
        read = default;
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty || line[0] == (byte)'#')
            return false;
        var end = line.IndexOfAny("{ \t"u8);
        if (end <= 0)
            return false;
        var name = line[..end];
        var rest = line[end..].TrimStart(" \t"u8);
        ReadOnlySpan<byte> labels = default;
        if (rest.StartsWith("{"u8))
        {
            if (!TryFindEnd(rest, out var close))
                return false;
            labels = rest[1..close];
            rest = rest[(close + 1)..].TrimStart(" \t"u8);
        }
        // A timestamp may follow; the time of the scrape counts.
        var blank = rest.IndexOfAny((byte)' ', (byte)'\t');
        if (!TryReadValue(blank < 0 ? rest : rest[..blank], out var value))
            return false;
        read = new PrometheusLine(line[..(line.Length - rest.Length)], name, labels, value);
        return true;
    }

    /// <summary>The labels, in the line's order, at most <see cref="MetricLimits.Labels"/>. False: they aren't of the format, or too many.</summary>
    public bool TryReadLabels(List<Label> to)
    {
        to.Clear();
        var rest = _labels.Trim(" \t"u8);
        while (!rest.IsEmpty)
        {
            var equals = rest.IndexOf((byte)'=');
            if (equals <= 0 || to.Count >= MetricLimits.Labels)
                return false;
            var name = Encoding.UTF8.GetString(rest[..equals].Trim(" \t"u8));
            rest = rest[(equals + 1)..].TrimStart(" \t"u8);
            if (!TryReadText(ref rest, out var value))
                return false;
            to.Add(new Label(name, value));
            rest = rest.TrimStart(" \t"u8);
            if (rest.IsEmpty)
                return true;
            if (rest[0] != (byte)',')
                return false;
            rest = rest[1..].TrimStart(" \t"u8);
        }
        return true;
    }

    /// <summary>Where the labels' closing brace is; one within quotes is none.</summary>
    private static bool TryFindEnd(ReadOnlySpan<byte> text, out int close)
    {
        var quoted = false;
        for (close = 1; close < text.Length; close++)
        {
            var c = text[close];
            if (c == (byte)'"')
                quoted = !quoted;
            else if (c == (byte)'\\' && quoted)
                close++;
            else if (c == (byte)'}' && !quoted)
                return true;
        }
        return false;
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> rest, out string text)
    {
        text = "";
        if (!rest.StartsWith("\""u8))
            return false;
        var end = 1;
        var escaped = false;
        for (; end < rest.Length && rest[end] != (byte)'"'; end++)
        {
            if (rest[end] != (byte)'\\')
                continue;
            escaped = true;
            end++;
        }
        if (end >= rest.Length)
            return false;
        text = Encoding.UTF8.GetString(rest[1..end]);
        if (escaped)
            text = Unescape(text);
        rest = rest[(end + 1)..];
        return true;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
                plain.Append(text[i]);
            else
                plain.Append(text[++i] switch { 'n' => "\n", '\\' => "\\", '"' => "\"", var other => "\\" + other });
        }
        return plain.ToString();
    }

    private static bool TryReadValue(ReadOnlySpan<byte> text, out double value)
    {
        if (text.SequenceEqual("+Inf"u8) || text.SequenceEqual("Inf"u8))
        {
            value = double.PositiveInfinity;
            return true;
        }
        if (text.SequenceEqual("-Inf"u8))
        {
            value = double.NegativeInfinity;
            return true;
        }
        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && used > 0;
    }
}
