using Outrider.Grains.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <summary>The end that tells one.</summary>
internal sealed class TaskWatcherReference(ITaskWatcherObserver holder, string watcher) : ITaskWatcher
{
    public Task TakeAsync(TaskNews news) => holder.TakeAsync(watcher, news.Task, news.Attempt, news.Chunks, news.Gap);
}
