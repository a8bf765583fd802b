using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Fleet;

namespace Outrider.Api.Rest.Fleet;

/// <summary>Which agents of the fleet: parameters of an address.</summary>
public sealed class FleetParameters
{
    [FromQuery(Name = "search"), Description(
        "Only agents whose name, host, operating system or the value of a label has this text in it, in capitals or not; up to 100 characters.")]
    public string? Search { get; init; }

    [FromQuery(Name = "label"), Description("name=value, such as role=db; given several times, all must hold. An empty value: the label isn't there.")]
    public string[]? Labels { get; init; }

    [FromQuery(Name = "status"), Description("Only agents that are online, degraded or offline.")]
    public string? Status { get; init; }

    [FromQuery(Name = "sort"), Description(
        "worst (severity of what fires, then offline and degraded, then the highest of CPU, memory and disk), name, status, cpu, memory, disk, "
        + "alerts or last_seen. An agent of which the value is unknown comes last. Left out: worst.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "descending"), Description("true: the highest, latest or (of worst) best first. Left out: false.")]
    public bool? Descending { get; init; }

    [FromQuery(Name = "page"), Description("The page's number, from 1. Left out: 1.")]
    public int? Page { get; init; }

    [FromQuery(Name = "page_size"), Description("Agents of a page, 1 to 200. Left out: 100.")]
    public int? PageSize { get; init; }

    internal FleetQuestion ToQuestion() => new()
    {
        Search = Search, Labels = Labels ?? [], Status = Status, Sort = Sort, Descending = Descending, Page = Page, PageSize = PageSize,
    };
}
