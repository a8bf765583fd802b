using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <inheritdoc cref="IAgentDirectory"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class AgentDirectory(GrainContext context, IGrainState<AgentDirectoryState> state) : Grain(context), IAgentDirectory
{
    private readonly RosterLog _roster = new();

    private List<string> Names => state.Value.Names;

    public override Task OnActivateAsync(CancellationToken cancellation)
    {
        _roster.Begin(Names);
        return Task.CompletedTask;
    }

    public async Task<Outcome<Done>> AddAsync(string agent, int? limit)
    {
        var at = Names.BinarySearch(agent, StringComparer.Ordinal);
        if (at >= 0)
            return Done.Value;
        if (Names.Count >= limit)
        {
            return new Problem(ProblemCodes.QuotaExceeded,
                $"The tenant has {Names.Count} agents, which is its quota. Revoke one that is no longer needed or raise the quota.");
        }
        Names.Insert(~at, agent);
        await state.SaveAsync();
        _roster.Note(new AgentEntry(agent, null));
        return Done.Value;
    }

    public async Task RemoveAsync(string agent)
    {
        var at = Names.BinarySearch(agent, StringComparer.Ordinal);
        if (at < 0)
            return;
        Names.RemoveAt(at);
        await state.SaveAsync();
        _roster.Remove(agent);
    }

    public Task<List<string>> ListAsync(string? after, int limit)
    {
        var at = after is null ? -1 : Names.BinarySearch(after, StringComparer.Ordinal);
        var from = at >= 0 || after is null ? at + 1 : ~at;
        return Task.FromResult(Names.GetRange(from, Math.Clamp(limit, 0, Names.Count - from)));
    }

    public Task<int> CountAsync() => Task.FromResult(Names.Count);

    public Task TellAsync(AgentSummary agent)
    {
        if (Names.BinarySearch(agent.Name, StringComparer.Ordinal) >= 0)
            _roster.Note(new AgentEntry(agent.Name, agent));
        return Task.CompletedTask;
    }

    public Task<AgentRoster> FollowAsync(string? run, long after, int limit) => Task.FromResult(_roster.Since(run, after, limit));
}
