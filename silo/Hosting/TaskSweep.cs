using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;

namespace Outrider.Silo.Hosting;

/// <summary>
/// Wakes tasks and fan-outs when they are due: the store knows when, so nothing that is due needs to be in memory. Who is woken saves
/// when it is due next. To be woken twice does no harm, so each node of a cluster sweeps by itself, at a time of its own.
/// </summary>
/// <param name="every">Time between two sweeps.</param>
public sealed partial class TaskSweep(TimeSpan every, ITaskStore store, IGrains grains, TimeProvider time, ILogger<TaskSweep> log)
    : BackgroundService
{
    /// <summary>Of a centre in one process.</summary>
    public static readonly TimeSpan Alone = TimeSpan.FromSeconds(1);

    /// <summary>Of each node of a cluster.</summary>
    public static readonly TimeSpan InCluster = TimeSpan.FromSeconds(5);

    private const int Most = 500;
    private const int AtOnce = 32;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nodes that start together sweep apart.
        await Task.Delay(every * Random.Shared.NextDouble(), time, stoppingToken);
        using var timer = new PeriodicTimer(every, time);
        do
            await SweepAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            var due = await store.ListDueAsync(time.GetUtcNow(), Most, cancellation);
            var failures = new string?[due.Count];
            await Parallel.ForAsync(
                0, due.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (i, _) => failures[i] = await WakeAsync(due[i]));
            if (failures.FirstOrDefault(failure => failure is not null) is { } reason)
                NotWoken(failures.Count(failure => failure is not null), due.Count, reason);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Failed(e.Message);
        }
    }

    /// <summary>Why it couldn't be woken; null: it was.</summary>
    private async Task<string?> WakeAsync(DueTask due)
    {
        try
        {
            var key = GrainKeys.Join(due.Tenant, due.Id);
            await (due.IsFanout ? grains.Get<IFanout>(key).WakeAsync() : grains.Get<IAgentTask>(key).WakeAsync());
            return null;
        }
        catch (Exception e)
        {
            return $"{due.Id}: {e.Message}";
        }
    }

    [LoggerMessage(3110, LogLevel.Warning, "{Failed} of {Due} tasks that are due couldn't be woken, the first one was {Reason}")]
    private partial void NotWoken(int failed, int due, string reason);

    [LoggerMessage(3111, LogLevel.Warning, "Tasks that are due couldn't be looked for, which is tried again: {Reason}")]
    private partial void Failed(string reason);
}
