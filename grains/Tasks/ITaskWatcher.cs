using Outrider.Grains.Runtime;

namespace Outrider.Grains.Tasks;

/// <summary>Somebody who watches a task: a caller that waits for its end, a viewer of its log.</summary>
public interface ITaskWatcher : IGrainObserver
{
    /// <summary>Takes news. The next come when this returns, so a slow watcher gets them later and larger, or with a gap.</summary>
    Task TakeAsync(TaskNews news);
}
