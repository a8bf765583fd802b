using Orleans.Concurrency;
using Outrider.Grains.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>All <see cref="ITaskWatcher"/> of one process; the first parameter says which.</summary>
public interface ITaskWatcherObserver : Orleans.IGrainObserver
{
    [AlwaysInterleave]
    Task TakeAsync(string watcher, TaskRecord task, int attempt, byte[] chunks, bool gap);
}
