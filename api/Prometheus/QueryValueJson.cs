using System.Text.Json;
using Outrider.Grains.Metrics.PromQl;

namespace Outrider.Api.Prometheus;

/// <summary>Writes what a query evaluated to as Prometheus does.</summary>
internal static class QueryValueJson
{
    /// <param name="isRange">Values at all steps are wanted, as a matrix.</param>
    public static async Task WriteAsync(PrometheusStream to, QueryValue value, QuerySteps steps, bool isRange)
    {
        to.Json.WriteStartObject();
        to.Json.WriteString("resultType", TypeOf(value, isRange));
        to.Json.WritePropertyName("result");
        switch (value)
        {
            case QueryValue.Scalar scalar when isRange:
                var same = new double[steps.Count];
                Array.Fill(same, scalar.Value);
                await WriteSeriesAsync(to, [new StepSeries(LabelSet.Empty, same)], steps, isRange);
                break;
            case QueryValue.Scalar scalar:
                WritePoint(to.Json, steps.Start, GoNumber.Text(scalar.Value));
                break;
            case QueryValue.Text text:
                WritePoint(to.Json, steps.Start, text.Value);
                break;
            case QueryValue.Vector vector:
                await WriteSeriesAsync(to, vector.Series, steps, isRange);
                break;
            case QueryValue.Matrix matrix:
                await WriteSamplesAsync(to, matrix.Series);
                break;
        }
        to.Json.WriteEndObject();
    }

    public static void WriteLabels(Utf8JsonWriter to, LabelSet labels)
    {
        to.WriteStartObject();
        foreach (var (name, value) in labels.Labels)
            to.WriteString(name, value);
        to.WriteEndObject();
    }

    private static string TypeOf(QueryValue value, bool isRange) => value switch
    {
        QueryValue.Matrix => "matrix",
        _ when isRange => "matrix",
        QueryValue.Scalar => "scalar",
        QueryValue.Text => "string",
        _ => "vector",
    };

    private static async Task WriteSeriesAsync(PrometheusStream to, IReadOnlyList<StepSeries> series, QuerySteps steps, bool isRange)
    {
        to.Json.WriteStartArray();
        foreach (var (labels, values) in series)
        {
            if (Array.TrueForAll(values, Absent.Is))
                continue;
            WriteHead(to.Json, labels, isRange ? "values" : "value");
            if (isRange)
                to.Json.WriteStartArray();
            for (var step = 0; step < values.Length; step++)
            {
                if (!Absent.Is(values[step]))
                    WritePoint(to.Json, steps.At(step), GoNumber.Text(values[step]));
            }
            if (isRange)
                to.Json.WriteEndArray();
            to.Json.WriteEndObject();
            await to.SendIfLargeAsync();
        }
        to.Json.WriteEndArray();
    }

    private static async Task WriteSamplesAsync(PrometheusStream to, IReadOnlyList<RangeSeries> series)
    {
        to.Json.WriteStartArray();
        foreach (var (labels, samples) in series)
        {
            WriteHead(to.Json, labels, "values");
            to.Json.WriteStartArray();
            foreach (var (time, value) in samples)
            {
                WritePoint(to.Json, time, GoNumber.Text(value));
                await to.SendIfLargeAsync();
            }
            to.Json.WriteEndArray();
            to.Json.WriteEndObject();
        }
        to.Json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter to, LabelSet labels, string values)
    {
        to.WriteStartObject();
        to.WritePropertyName("metric");
        WriteLabels(to, labels);
        to.WritePropertyName(values);
    }

    private static void WritePoint(Utf8JsonWriter to, long time, string value)
    {
        to.WriteStartArray();
        if (time % 1000 == 0)
            to.WriteNumberValue(time / 1000);
        else
            to.WriteNumberValue(time * 0.001m);
        to.WriteStringValue(value);
        to.WriteEndArray();
    }
}
