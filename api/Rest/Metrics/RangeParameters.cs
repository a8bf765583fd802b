using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Metrics;

namespace Outrider.Api.Rest.Metrics;

/// <summary>Which metric, when and how: parameters of an address.</summary>
public sealed class RangeParameters
{
    internal const string LabelsText = "name=value, such as mount=/var; given several times, all must hold. An empty value: the label isn't there.";
    internal const string FromText = "Where it begins, RFC 3339 (write the '+' of a zone as %2B). Left out: period before to.";
    internal const string ToText = "Where it ends, RFC 3339; no longer in it. Left out: now.";
    internal const string PeriodText = "How long it is: a number and s, m, h, d or w, such as 24h or 7d. Left out: 1h.";

    [FromQuery(Name = "metric"), Description("The metric, such as host_cpu_percent_normalized. Required.")]
    public string? Metric { get; init; }

    [FromQuery(Name = "labels"), Description(LabelsText)]
    public string[]? Labels { get; init; }

    [FromQuery(Name = "from"), Description(FromText)]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description(ToText)]
    public string? To { get; init; }

    [FromQuery(Name = "period"), Description(PeriodText)]
    public string? Period { get; init; }

    [FromQuery(Name = "step"), Description(
        "raw, 10s, 1m, 5m, 15m, 30m, 1h, 2h, 6h or 1d. Left out: raw up to 1 hour, 5m up to 1 day, 30m up to 7 days, 2h up to 30 days, then 1d.")]
    public string? Step { get; init; }

    [FromQuery(Name = "aggregate"), Description(
        "What each value is of its step's samples: avg, min, max, last, sum or count, or of a counter rate (per second, restarts taken into "
        + "account). Left out: avg, or rate of a counter; last gives a counter's plain values.")]
    public string? Aggregate { get; init; }

    internal MetricQuestion ToQuestion() => new()
    {
        Metric = Metric, Labels = Labels ?? [], From = From, To = To, Period = Period, Step = Step, Aggregate = Aggregate,
    };
}
