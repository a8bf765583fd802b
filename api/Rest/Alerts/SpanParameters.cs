using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Alerts;
using Outrider.Api.Rest.Metrics;

namespace Outrider.Api.Rest.Alerts;

/// <summary>Over which stretch of time a rule is tried: parameters of an address.</summary>
public sealed class SpanParameters
{
    [FromQuery(Name = "from"), Description(RangeParameters.FromText)]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description(RangeParameters.ToText)]
    public string? To { get; init; }

    [FromQuery(Name = "period"), Description("How long it is: a number and s, m, h, d or w. Left out: 7d.")]
    public string? Period { get; init; }

    internal DryRunQuestion ToQuestion() => new(From, To, Period);
}
