using System.Globalization;
using System.Text.RegularExpressions;

namespace Outrider.Tests.Boundary.Rest;

/// <summary>A strict reader of the Prometheus text format, version 0.0.4. Throws <see cref="FormatException"/> on what a scraper would refuse.</summary>
internal sealed partial class PrometheusText
{
    /// <summary>Metric → type.</summary>
    public Dictionary<string, string> Types { get; } = [];

    /// <summary>Name and labels as they stand → value.</summary>
    public Dictionary<string, double> Samples { get; } = [];

    public static PrometheusText Parse(string text)
    {
        if (!text.EndsWith('\n'))
            throw new FormatException("The last line has no end.");
        var read = new PrometheusText();
        var metric = "";
        foreach (var line in text.Split('\n')[..^1])
        {
            if (TypeLine().Match(line) is { Success: true } type)
            {
                metric = type.Groups[1].Value;
                if (!read.Types.TryAdd(metric, type.Groups[2].Value))
                    throw new FormatException($"Two types of {metric}.");
            }
            else if (!HelpLine().IsMatch(line))
            {
                var sample = SampleLine().Match(line);
                if (!sample.Success)
                    throw new FormatException($"No sample: {line}");
                if (!sample.Groups[1].Value.StartsWith(metric, StringComparison.Ordinal))
                    throw new FormatException($"A sample outside its metric: {line}");
                if (!read.Samples.TryAdd(sample.Groups[1].Value + sample.Groups[2].Value, Number(sample.Groups[3].Value)))
                    throw new FormatException($"Twice: {line}");
            }
        }
        return read;
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\]|\\\\|\\n)*$")]
    private static partial Regex HelpLine();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\\\|\\"|\\n)*",?)+\})? (\S+)$""")]
    private static partial Regex SampleLine();
}
