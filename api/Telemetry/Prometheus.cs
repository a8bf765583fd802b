using System.Globalization;
using System.Text;

namespace Outrider.Api.Telemetry;

/// <summary>
/// Names, labels and numbers of the Prometheus text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
/// </summary>
public static class Prometheus
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The metric name of an instrument: <c>outrider.http.requests</c>, a counter, is <c>outrider_http_requests_total</c>.</summary>
    /// <param name="unit">A UCUM unit; seconds and bytes become part of the name, those in braces don't.</param>
    public static string NameOf(string instrument, string? unit, bool isCounter)
    {
        var name = Sanitize(instrument);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        if (!name.EndsWith(suffix, StringComparison.Ordinal))
            name += suffix;
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Labels as they stand between the braces: <c>method="GET",code="200"</c>; empty without any.</summary>
    public static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(Sanitize(name)).Append("=\"");
            AppendEscaped(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", quotes: true);
            text.Append('"');
        }
        return text.ToString();
    }

    /// <summary>Appends <c># HELP</c> and <c># TYPE</c>.</summary>
    public static void AppendHead(StringBuilder to, string name, string type, string? help)
    {
        if (!string.IsNullOrEmpty(help))
        {
            to.Append("# HELP ").Append(name).Append(' ');
            AppendEscaped(to, help, quotes: false);
            to.Append('\n');
        }
        to.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    /// <summary>Appends one sample.</summary>
    public static void AppendSample(StringBuilder to, string name, string labels, double value)
    {
        to.Append(name);
        if (labels.Length > 0)
            to.Append('{').Append(labels).Append('}');
        to.Append(' ').Append(NumberOf(value)).Append('\n');
    }

    public static string NumberOf(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Sanitize(string name) => string.Create(name.Length, name, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
    });

    private static void AppendEscaped(StringBuilder to, string text, bool quotes)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => to.Append(@"\\"),
                '\n' => to.Append(@"\n"),
                '"' when quotes => to.Append("\\\""),
                _ => to.Append(c),
            };
        }
    }
}
