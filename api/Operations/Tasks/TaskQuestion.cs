using Outrider.Grains.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Tasks;

/// <summary>Which tasks a caller wants to see. What is null is not asked for.</summary>
public sealed record TaskQuestion
{
    public string? Agent { get; init; }

    public string? Type { get; init; }

    /// <summary>A state, or an older name of it.</summary>
    public string? Status { get; init; }

    public string? CreatedBy { get; init; }

    public string? Fanout { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public bool AwaitingApproval { get; init; }

    /// <summary>Continue after the task of this id.</summary>
    public string? After { get; init; }

    public int Limit { get; init; } = Rest.RestApi.DefaultPage;

    /// <summary><c>invalid_argument</c>.</summary>
    internal Outcome<TaskQuery> ToQuery()
    {
        var status = Status is null ? null : TaskNames.StatusOf(Status);
        if (Status is not null && status is null)
            return TenantRules.Invalid($"There is no status '{TenantRules.Short(Status)}': pending, running, success, failed, canceled or lost.");
        if (Limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {Limit}.");
        return new TaskQuery(Agent, Type is null ? null : TaskNames.TypeOf(Type), status, CreatedBy, Fanout, From, To, AwaitingApproval);
    }
}
