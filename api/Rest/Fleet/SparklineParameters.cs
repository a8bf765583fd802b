using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Fleet;

namespace Outrider.Api.Rest.Fleet;

/// <summary>Which sparklines: parameters of an address.</summary>
public sealed class SparklineParameters
{
    [FromQuery(Name = "agents"), Description("An agent's name; given 1 to 100 times.")]
    public string[]? Agents { get; init; }

    [FromQuery(Name = "metric"), Description("The metric. Left out: host_cpu_percent_normalized.")]
    public string? Metric { get; init; }

    [FromQuery(Name = "period"), Description("How far back: a number and s, m, h, d or w, at most 30d. Left out: 1h.")]
    public string? Period { get; init; }

    [FromQuery(Name = "points"), Description("Steps at most, 2 to 200. Left out: 30.")]
    public int? Points { get; init; }

    internal SparklineQuestion ToQuestion() => new(Agents ?? [], Metric, Period, Points);
}
