using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Outrider.Api.Rest.Metrics;

/// <summary>What is compared: parameters of an address.</summary>
public sealed class CompareParameters
{
    [FromQuery(Name = "agents"), Description(
        "Names, or patterns with '*' such as prod-*; may be given several times. Left out: all. At most 20 agents.")]
    public string[]? Agents { get; init; }

    [FromQuery(Name = "previous"), Description("So many periods of the same length just before are compared, too: 0 to 11. Left out: 0.")]
    public int? Previous { get; init; }

    [FromQuery(Name = "periods"), Description("Instead of from, to, period and previous: two times with a '/' between; may be given 12 times.")]
    public string[]? Periods { get; init; }
}
