using Outrider.Grains.Runtime;

namespace Outrider.Grains.Tenancy;

/// <summary>The ids of all tenants. Key: <see cref="TheOne"/>.</summary>
public interface ITenantDirectory : IGrain
{
    /// <summary>The only key of this grain.</summary>
    const string TheOne = "all";

    [Idempotent]
    Task AddAsync(string tenant);

    /// <summary>Ids in order.</summary>
    [Idempotent]
    Task<List<string>> ListAsync();
}
