using System.Collections.Concurrent;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;

namespace Outrider.Api.Operations.Fleet;

/// <summary>
/// How each agent of a tenant is. Follows the tenant's directory, which agents tell when they change: one call, whatever they are. An agent
/// is asked itself only while the directory has heard nothing of it, or when what it heard can't be so any more. One caller at a time.
/// </summary>
internal sealed class FleetRoster(string tenant, IGrains grains)
{
    /// <summary>Entries that one call brings at most.</summary>
    public const int EntriesAtOnce = 2_000;

    private const int AsksAtOnce = 32;

    /// <summary>An agent that is heard tells so at least every other minute; who hasn't for so long may be gone together with its grain.</summary>
    private static readonly TimeSpan s_doubtAfter = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, AgentSummary?> _agents = new(StringComparer.Ordinal);
    private string? _run;
    private long _through;

    /// <summary>All agents that are enrolled, as of now.</summary>
    public async Task<List<AgentSummary>> ReadAsync(DateTimeOffset now)
    {
        await FollowAsync();
        var unclear = _agents.Where(agent => agent.Value is null || IsDoubtful(agent.Value, now)).Select(agent => agent.Key).ToList();
        var asked = new ConcurrentBag<AgentSummary>();
        await Parallel.ForEachAsync(unclear, new ParallelOptions { MaxDegreeOfParallelism = AsksAtOnce }, async (name, _) =>
        {
            if (await AskAsync(name) is { } answer)
                asked.Add(answer);
        });
        foreach (var answer in asked)
            _agents[answer.Name] = answer;
        return [.. _agents.Values.OfType<AgentSummary>()];
    }

    private static bool IsDoubtful(AgentSummary agent, DateTimeOffset now) =>
        agent.Status is not AgentStatus.Offline && !(now - agent.LastSeenAt < s_doubtAfter);

    private async Task FollowAsync()
    {
        var directory = grains.Get<IAgentDirectory>(tenant);
        AgentRoster roster;
        do
        {
            roster = await directory.FollowAsync(_run, _through, EntriesAtOnce);
            if (roster.Run != _run)
                _agents.Clear();
            (_run, _through) = (roster.Run, roster.Through);
            foreach (var (name, summary) in roster.Entries)
                _agents[name] = summary;
        }
        while (roster.Entries.Count == EntriesAtOnce);
    }

    /// <summary>Null: it isn't enrolled, or doesn't answer now; then it is asked again the next time.</summary>
    private async Task<AgentSummary?> AskAsync(string name)
    {
        try
        {
            var view = await grains.Get<IAgent>(GrainKeys.Join(tenant, name)).GetAsync();
            return view.Ok ? new AgentSummary(name, view.Value.Status, view.Value.Connected, view.Value.LastSeenAt, view.Value.Facts) : null;
        }
        catch (Exception e) when (GrainCalls.Describe(e) is not null)
        {
            return null;
        }
    }
}
