using System.Threading.Channels;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Tasks;

/// <summary>
/// Watches one task for somebody of this process: who waits for its end, or reads its log. One piece of news is here at most: the grain
/// waits with the next one for a slow reader, and one that is very slow gets a gap.
/// </summary>
internal sealed class TaskWatch : ITaskWatcher, IAsyncDisposable
{
    /// <summary>Grains forget their watchers, and hold them for a minute.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(20);

    /// <summary>How long the grain's call may wait for the reader; its own deadline is longer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Channel<TaskNews> _news = Channel.CreateBounded<TaskNews>(1);
    private readonly IObservers _observers;
    private readonly TimeProvider _time;
    private readonly IAgentTask _grain;
    private readonly ObserverRef<ITaskWatcher> _reference;
    private readonly bool _log;
    private TaskNews? _missed;

    private TaskWatch(IGrains grains, IObservers observers, TimeProvider time, string key, bool log)
    {
        (_observers, _time, _log) = (observers, time, log);
        _grain = grains.Get<IAgentTask>(key);
        _reference = observers.Register<ITaskWatcher>(this);
    }

    /// <summary>How it stands, as far as is known.</summary>
    public TaskRecord Task { get; private set; } = null!;

    /// <summary>Chunks of the present attempt that the reader has; for when the watch begins anew.</summary>
    public uint Seen { get; set; }

    /// <summary>Begins to watch; <c>task_not_found</c>, <c>quota_exceeded</c>.</summary>
    /// <param name="key">Of the task's grain.</param>
    /// <param name="log">Whether its log is wanted.</param>
    /// <param name="seen">As of <see cref="Seen"/>.</param>
    public static async Task<Outcome<TaskWatch>> BeginAsync(
        IGrains grains, IObservers observers, TimeProvider time, string key, bool log, uint seen = 0)
    {
        var watch = new TaskWatch(grains, observers, time, key, log) { Seen = seen };
        try
        {
            var begun = await watch._grain.WatchAsync(watch._reference, log, seen);
            if (begun.Ok)
            {
                watch.Task = begun.Value;
                return watch;
            }
            await watch.DisposeAsync();
            return begun.Problem;
        }
        catch
        {
            observers.Release(watch._reference);
            throw;
        }
    }

    public async Task TakeAsync(TaskNews news)
    {
        using var patience = new CancellationTokenSource(s_patience, _time);
        try
        {
            await _news.Writer.WriteAsync(news, patience.Token);
        }
        catch (OperationCanceledException)
        {
            Volatile.Write(ref _missed, news with { Chunks = [], Gap = _log });
        }
        catch (ChannelClosedException)
        {
            // Nobody reads any more.
        }
    }

    /// <summary>The next news; <see cref="Task"/> says the same. Null: the task was deleted.</summary>
    public async Task<TaskNews?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_news.Reader.TryRead(out var news) || (news = Interlocked.Exchange(ref _missed, null)) is not null)
                return Accept(news);
            using var again = new CancellationTokenSource(s_again, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(again.Token, cancellation);
            try
            {
                await _news.Reader.WaitToReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                var now = await AgainAsync();
                if (now is { Problem.Code: ProblemCodes.TaskNotFound })
                    return null;
                if (now?.Value is { } task && task.Revision >= Task.Revision && !MarkOf(task).Equals(MarkOf(Task)))
                    return Accept(new TaskNews(task, task.Attempt, [], Gap: false));
            }
        }
    }

    /// <summary>Waits until the task has come to an end, or this is cancelled; then it is as it is.</summary>
    public async Task UntilEndAsync(CancellationToken cancellation)
    {
        try
        {
            while (!Task.HasEnded && await NextAsync(cancellation) is not null)
            {
                // It goes on.
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Time is up.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _news.Writer.TryComplete();
        try
        {
            await _grain.UnwatchAsync(_reference);
        }
        catch (Exception e) when (GrainCalls.Describe(e) is not null)
        {
            // It is forgotten within a minute.
        }
        _observers.Release(_reference);
    }

    /// <summary>What tells two states apart that look different: not every change is a revision, nor the other way round.</summary>
    internal static object MarkOf(TaskRecord task) =>
        (task.Status, task.Attempt, task.Position, task.StartedAt, task.CancelRequestedAt, task.Approval?.State);

    /// <summary>Null: the grain can't be asked just now.</summary>
    private async Task<Outcome<TaskRecord>?> AgainAsync()
    {
        try
        {
            return await _grain.WatchAsync(_reference, _log, Seen);
        }
        catch (Exception e) when (GrainCalls.Describe(e) is not null)
        {
            return null;
        }
    }

    private TaskNews Accept(TaskNews news)
    {
        if (news.Task.Revision >= Task.Revision)
            Task = news.Task;
        return news;
    }
}
