using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Outrider.Api.Operations.Tasks;

namespace Outrider.Api.Rest.Tasks;

/// <summary>Which tasks: parameters of an address.</summary>
public sealed class TaskParameters
{
    [FromQuery(Name = "agent_id"), Description("Only of this agent.")]
    public string? AgentId { get; init; }

    [FromQuery(Name = "type"), Description("Only of this type.")]
    public string? Type { get; init; }

    [FromQuery(Name = "status"), Description("Only in this state: pending, running, success, failed, canceled or lost.")]
    public string? Status { get; init; }

    [FromQuery(Name = "created_by"), Description("Only those that this credential asked for, by its id.")]
    public string? CreatedBy { get; init; }

    [FromQuery(Name = "fanout_id"), Description("Only those of this fan-out.")]
    public string? FanoutId { get; init; }

    [FromQuery(Name = "from"), Description("Only those created at or after this time, RFC 3339.")]
    public DateTimeOffset? From { get; init; }

    [FromQuery(Name = "to"), Description("Only those created before this time, RFC 3339.")]
    public DateTimeOffset? To { get; init; }

    [FromQuery(Name = "awaiting_approval"), Description("true: only those that wait for approval.")]
    public bool? AwaitingApproval { get; init; }

    [FromQuery(Name = "after"), Description("Continue after the task of this id: next of the page before.")]
    public string? After { get; init; }

    [FromQuery(Name = "limit"), Description("Tasks per page, 1 to 100. Left out: 20.")]
    public int? Limit { get; init; }

    internal TaskQuestion ToQuestion() => new()
    {
        Agent = AgentId,
        Type = Type,
        Status = Status,
        CreatedBy = CreatedBy,
        Fanout = FanoutId,
        From = From,
        To = To,
        AwaitingApproval = AwaitingApproval ?? false,
        After = After,
        Limit = Limit ?? RestApi.DefaultPage,
    };
}
