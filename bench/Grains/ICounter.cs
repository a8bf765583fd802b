using Outrider.Grains.Runtime;

namespace Outrider.Bench.Grains;

public interface ICounter : IGrain
{
    ValueTask<long> AddAsync(long amount);

    Task<long> SaveAsync(long amount);
}
