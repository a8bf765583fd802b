using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <inheritdoc cref="IAgentDirectory"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class AgentDirectory(GrainContext context, IGrainState<AgentDirectoryState> state) : Grain(context), IAgentDirectory
{
    private List<string> Names => state.Value.Names;

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
        return Done.Value;
    }

    public async Task RemoveAsync(string agent)
    {
        var at = Names.BinarySearch(agent, StringComparer.Ordinal);
        if (at < 0)
            return;
        Names.RemoveAt(at);
        await state.SaveAsync();
    }

    public Task<List<string>> ListAsync(string? after, int limit)
    {
        var at = after is null ? -1 : Names.BinarySearch(after, StringComparer.Ordinal);
        var from = at >= 0 || after is null ? at + 1 : ~at;
        return Task.FromResult(Names.GetRange(from, Math.Clamp(limit, 0, Names.Count - from)));
    }

    public Task<int> CountAsync() => Task.FromResult(Names.Count);
}
