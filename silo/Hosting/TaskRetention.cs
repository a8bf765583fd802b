using Microsoft.Extensions.Logging;
using Outrider.Grains.Tasks;

namespace Outrider.Silo.Hosting;

/// <summary>Removes tasks with their logs, and fan-outs, that were kept for long enough.</summary>
public sealed class TaskRetention(ITaskStore store, TimeProvider time, ILogger<TaskRetention> log) : HourlyRemoval("tasks", time, log)
{
    /// <summary>Of each so many at once.</summary>
    public const int Batch = 1_000;

    protected override async Task RemoveAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        while (await store.DeleteBeforeAsync(now - ITaskStore.Retention, Batch, cancellation) >= Batch)
        {
            // There may be more.
        }
    }
}
