using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Grains.Audit;

namespace Outrider.Api.Rest;

/// <summary>Which audit entries: parameters of an address.</summary>
public sealed class AuditParameters
{
    [FromQuery(Name = "actor"), Description("Only of this credential, by its id.")]
    public string? Actor { get; init; }

    [FromQuery(Name = "action"), Description("Only of this action, such as sql.run; with a * at its end, those that begin so: task.*.")]
    public string? Action { get; init; }

    [FromQuery(Name = "target"), Description("Only on this, such as an agent's name.")]
    public string? Target { get; init; }

    [FromQuery(Name = "outcome"), Description("Only with this outcome: ok, or a problem's code.")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "task"), Description("Only about this task or fan-out, by its id.")]
    public string? Task { get; init; }

    [FromQuery(Name = "from"), Description("Only at or after this time.")]
    public DateTimeOffset? From { get; init; }

    [FromQuery(Name = "to"), Description("Only before this time.")]
    public DateTimeOffset? To { get; init; }

    [FromQuery(Name = "before"), Description("As to; the earlier of the two counts.")]
    public DateTimeOffset? Before { get; init; }

    [FromQuery(Name = "after"), Description("Continue after this: next of the page before.")]
    public string? After { get; init; }

    [FromQuery(Name = "limit"), Description("Entries per page, 1 to 100. Left out: 20.")]
    public int? Limit { get; init; }

    internal AuditQuery ToQuery() => new(Actor, Action, Target, Outcome, Task, From, Before is null || To < Before ? To : Before);
}
