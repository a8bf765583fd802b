using Outrider.Api.Auth;
using Outrider.Grains.Fleet;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Fleet;

/// <summary>What callers may ask about all agents at once, the same for every front door.</summary>
public sealed class FleetOperations(FleetSnapshots snapshots)
{
    /// <summary>A page of the caller's fleet. Problem: <c>invalid_argument</c>.</summary>
    public async Task<Outcome<FleetPage>> ListAsync(Caller caller, FleetQuestion question, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AgentsRead) is { } forbidden)
            return forbidden;
        var query = question.ToQuery();
        if (!query.Ok)
            return query.Problem;
        var fleet = await snapshots.GetAsync(caller.Tenant, cancellation);
        var selected = FleetSelection.Of(fleet.Agents, query.Value);
        return new FleetPage
        {
            At = fleet.At,
            Totals = fleet.Totals,
            Matching = selected.Matching,
            Page = query.Value.Page,
            PageSize = query.Value.PageSize,
            Items = selected.Items,
        };
    }

    /// <summary>The labels that agents of the caller's fleet have.</summary>
    public async Task<Outcome<FleetLabels>> LabelsAsync(Caller caller, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AgentsRead) is { } forbidden)
            return forbidden;
        return FleetLabels.Of((await snapshots.GetAsync(caller.Tenant, cancellation)).Agents);
    }
}
