using Outrider.Grains.Tasks;
using Outrider.Silo.OrleansClient.Observers;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>The end that watches. The chunks go as the bytes that they are, not as JSON.</summary>
internal sealed class TaskWatcherObserver(LocalObjects<ITaskWatcher> watchers) : ITaskWatcherObserver
{
    public Task TakeAsync(string watcher, TaskRecord task, int attempt, byte[] chunks, bool gap) =>
        watchers.Find(watcher).TakeAsync(new TaskNews(task, attempt, chunks, gap));
}
