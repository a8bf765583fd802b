using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Metrics;

namespace Outrider.Api.Rest.Metrics;

/// <summary>What is exported: parameters of an address.</summary>
public sealed class ExportParameters
{
    [FromQuery(Name = "agents"), Description("Names, or patterns with '*'; may be given several times. Left out: all. At most 100 agents.")]
    public string[]? Agents { get; init; }

    [FromQuery(Name = "agent"), Description("The same as agents.")]
    public string[]? Agent { get; init; }

    [FromQuery(Name = "metric"), Description("Names, or patterns with '*'; may be given several times. Left out: all. At most 1000 series.")]
    public string[]? Metric { get; init; }

    [FromQuery(Name = "labels"), Description(RangeParameters.LabelsText)]
    public string[]? Labels { get; init; }

    [FromQuery(Name = "from"), Description(RangeParameters.FromText)]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description(RangeParameters.ToText)]
    public string? To { get; init; }

    [FromQuery(Name = "period"), Description(RangeParameters.PeriodText)]
    public string? Period { get; init; }

    [FromQuery(Name = "format"), Description("csv or jsonl. Left out: csv.")]
    public string? Format { get; init; }

    internal ExportQuestion ToQuestion() => new()
    {
        Agents = [.. Agents ?? [], .. Agent ?? []], Metrics = Metric ?? [], Labels = Labels ?? [], From = From, To = To, Period = Period,
    };
}
