using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <summary>The names of a tenant's agents. Key: the tenant's id.</summary>
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
}
