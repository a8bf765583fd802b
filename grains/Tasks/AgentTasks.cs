using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <inheritdoc cref="IAgentTasks"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class AgentTasks(GrainContext context, ITaskStore store) : Grain(context), IAgentTasks
{
    private const int PageSize = 1_000;

    /// <summary>Tasks that are told at once: a fleet that returns shouldn't wake all of its tasks in one moment.</summary>
    private const int AtOnce = 64;

    public async Task ReconcileAsync(List<TaskReport> known, ObserverRef<IAgentLink> link)
    {
        var (tenant, agent) = (GrainKeys.Split(Key)[0], GrainKeys.Split(Key)[1]);
        var reports = known.DistinctBy(report => report.TaskId).ToDictionary(report => report.TaskId, StringComparer.Ordinal);
        var open = new List<string>();
        while (await store.ListOpenAsync(tenant, agent, open.Count == 0 ? null : open[^1], PageSize, CancellationToken.None) is { Count: > 0 } page)
            open.AddRange(page);
        _ = TellAsync(tenant, agent, [.. reports.Keys.Union(open)], reports, link);
    }

    private async Task TellAsync(
        string tenant, string agent, List<string> tasks, Dictionary<string, TaskReport> reports, ObserverRef<IAgentLink> link)
    {
        foreach (var some in tasks.Chunk(AtOnce))
            await Task.WhenAll(some.Select(id => TellAsync(GrainKeys.Join(tenant, id), agent, reports.GetValueOrDefault(id), link)));
    }

    private async Task TellAsync(string key, string agent, TaskReport? known, ObserverRef<IAgentLink> link)
    {
        try
        {
            await Context.Grains.Get<IAgentTask>(key).ReconcileAsync(agent, known, link);
        }
        catch (Exception e) when (e is TimeoutException or UnavailableException or StateConflictException or ArgumentException)
        {
            // It is looked at when it is due.
        }
    }
}
