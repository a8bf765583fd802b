using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Alerts;
using Outrider.Api.Rest.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Alerts;

/// <summary>Which alerts that fired once: parameters of an address.</summary>
public sealed class HistoryParameters : AlertParameters
{
    [FromQuery(Name = "from"), Description(RangeParameters.FromText)]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description(RangeParameters.ToText)]
    public string? To { get; init; }

    [FromQuery(Name = "period"), Description("How long it is: a number and s, m, h, d or w. Left out: 7d.")]
    public string? Period { get; init; }

    internal override Outcome<AlertQuestion> ToQuestion() =>
        base.ToQuestion() is { Ok: true, Value: var question } ? question with { From = From, To = To, Period = Period } : base.ToQuestion();
}
