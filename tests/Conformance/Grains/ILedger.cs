using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

/// <summary>Shows how state is kept.</summary>
public interface ILedger : IGrain
{
    Task<long> AddAsync(long amount);

    /// <summary>Adds in memory only.</summary>
    Task AddUnsavedAsync(long amount);

    /// <summary>Saves twice without awaiting in between.</summary>
    Task AddTwiceAsync(long amount);

    Task<long> TotalAsync();

    Task<bool> ExistsAsync();

    Task ClearAsync();
}
