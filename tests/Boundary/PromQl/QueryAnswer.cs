using System.Globalization;
using System.Text.Json;

namespace Outrider.Tests.Boundary.PromQl;

/// <summary>What an API of Prometheus' kind answered to a query.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Of the result, or of the error.</param>
/// <param name="Series">By their labels as text: points of time and value.</param>
internal sealed record QueryAnswer(int Status, string Type, SortedDictionary<string, List<(decimal Time, string Value)>> Series)
{
    private const double Tolerance = 1e-9;

    public static QueryAnswer Of((int Status, string Body) answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        var series = new SortedDictionary<string, List<(decimal, string)>>(StringComparer.Ordinal);
        if (!document.RootElement.TryGetProperty("data", out var data))
            return new QueryAnswer(answer.Status, document.RootElement.GetProperty("errorType").GetString()!, series);
        var type = data.GetProperty("resultType").GetString()!;
        var result = data.GetProperty("result");
        if (type is "scalar" or "string")
            series.Add("", [Point(result)]);
        else
        {
            foreach (var one in result.EnumerateArray())
            {
                series.Add(one.GetProperty("metric").GetRawText(), type == "vector"
                    ? [Point(one.GetProperty("value"))]
                    : [.. one.GetProperty("values").EnumerateArray().Select(Point)]);
            }
        }
        return new QueryAnswer(answer.Status, type, series);
    }

    /// <summary>How this differs from what is expected; null: it doesn't.</summary>
    public string? DifferenceFrom(QueryAnswer expected)
    {
        if ((Status, Type) != (expected.Status, expected.Type))
            return $"{Status} {Type} instead of {expected.Status} {expected.Type}";
        if (!Series.Keys.SequenceEqual(expected.Series.Keys))
        {
            return $"missing [{string.Join("; ", expected.Series.Keys.Except(Series.Keys))}], "
                + $"too many [{string.Join("; ", Series.Keys.Except(expected.Series.Keys))}]";
        }
        foreach (var (labels, points) in Series)
        {
            var wanted = expected.Series[labels];
            for (var i = 0; i < Math.Min(points.Count, wanted.Count); i++)
            {
                if (points[i].Time != wanted[i].Time || !Same(points[i].Value, wanted[i].Value))
                    return $"{labels}: {points[i]} instead of {wanted[i]}";
            }
            if (points.Count != wanted.Count)
                return $"{labels}: {points.Count} points instead of {wanted.Count}";
        }
        return null;
    }

    private static bool Same(string a, string b)
    {
        if (a == b)
            return true;
        if (!double.TryParse(a, CultureInfo.InvariantCulture, out var x) || !double.TryParse(b, CultureInfo.InvariantCulture, out var y))
            return false;
        return Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y));
    }

    private static (decimal, string) Point(JsonElement point) => (point[0].GetDecimal(), point[1].GetString()!);
}
