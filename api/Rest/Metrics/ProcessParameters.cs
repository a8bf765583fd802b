using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Metrics;

namespace Outrider.Api.Rest.Metrics;

/// <summary>Which processes and how: parameters of an address.</summary>
public sealed class ProcessParameters
{
    [FromQuery(Name = "view"), Description("flat or tree. Left out: flat.")]
    public string? View { get; init; }

    [FromQuery(Name = "group"), Description("name: all processes of a name are one row.")]
    public string? Group { get; init; }

    [FromQuery(Name = "sort"), Description(
        "pid, name, cpu or memory, with a '-' before it for descending. Left out: -cpu. A tree goes by what subtrees come to.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "name"), Description("Only processes of this name, or of a pattern with '*'.")]
    public string? Name { get; init; }

    [FromQuery(Name = "at"), Description("The newest snapshot up to this time, RFC 3339. Left out: now.")]
    public string? At { get; init; }

    [FromQuery(Name = "limit"), Description("Rows at most, in a tree roots: 1 to 100. Left out: 20.")]
    public int? Limit { get; init; }

    internal ProcessQuestion ToQuestion() => new() { View = View, Group = Group, Sort = Sort, Name = Name, At = At, Limit = Limit };
}
