using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <summary>The names of a tenant's agents, and what those told of themselves last. Key: the tenant's id.</summary>
public interface IAgentDirectory : IGrain
{
    /// <summary>Enters a name; <c>quota_exceeded</c> when it is new and there are already <paramref name="limit"/>.</summary>
    [Idempotent]
    Task<Outcome<Done>> AddAsync(string agent, int? limit);

    [Idempotent]
    Task RemoveAsync(string agent);

    /// <summary>Up to <paramref name="limit"/> names after <paramref name="after"/> (null: from the first), in order.</summary>
    [Idempotent]
    Task<List<string>> ListAsync(string? after, int limit);

    [Idempotent]
    Task<int> CountAsync();

    /// <summary>An agent says how it is. Kept in memory only, and only if its name is entered.</summary>
    [Idempotent]
    Task TellAsync(AgentSummary agent);

    /// <summary>
    /// Up to <paramref name="limit"/> entries that changed after <paramref name="after"/> in the run <paramref name="run"/>; null, or a run that
    /// is over: of all.
    /// </summary>
    [Idempotent]
    Task<AgentRoster> FollowAsync(string? run, long after, int limit);
}
