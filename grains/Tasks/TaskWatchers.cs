using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>Those who watch a task. Each is told of the next news when it has taken the last, so that none is waited for. Used by one grain.</summary>
internal sealed class TaskWatchers(IObservers observers, TimeProvider time)
{
    /// <summary>Watchers of a task at once.</summary>
    public const int Max = 50;

    private const int MaxWaitingBytes = 1024 * 1024;

    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Watcher> _watchers = new(StringComparer.Ordinal);

    /// <summary>Whether anybody watches.</summary>
    public bool Any => _watchers.Count > 0;

    /// <summary>Adds a watcher, or keeps it for another minute. <c>quota_exceeded</c>.</summary>
    /// <param name="reference">Who it is.</param>
    /// <param name="log">Whether it wants the log.</param>
    /// <param name="missed">Of the log, what it hasn't seen; only for a new one.</param>
    /// <param name="task">How the task stands.</param>
    public Problem? Add(ObserverRef<ITaskWatcher> reference, bool log, IReadOnlyList<LogChunk> missed, TaskRecord task)
    {
        DropOld();
        if (_watchers.TryGetValue(reference.Address, out var known))
        {
            known.Until = time.GetUtcNow() + s_life;
            return null;
        }
        if (_watchers.Count >= Max)
            return new Problem(ProblemCodes.QuotaExceeded, $"The task is watched by {Max} already, as many as may.") { RetryAfterSeconds = 60 };
        var watcher = new Watcher(reference, log) { Until = time.GetUtcNow() + s_life };
        _watchers.Add(reference.Address, watcher);
        foreach (var chunk in missed)
            Push(watcher, chunk);
        if (missed.Count > 0)
            Tell(watcher, task);
        return null;
    }

    /// <summary>Whether it is known: then it has missed nothing.</summary>
    public bool Knows(ObserverRef<ITaskWatcher> reference) => _watchers.ContainsKey(reference.Address);

    public void Remove(ObserverRef<ITaskWatcher> reference) => _watchers.Remove(reference.Address);

    /// <summary>Tells all of how the task stands and of what came of its log.</summary>
    public void Tell(TaskRecord task, IReadOnlyList<LogChunk> chunks)
    {
        DropOld();
        foreach (var watcher in _watchers.Values.ToList())
        {
            foreach (var chunk in watcher.Log ? chunks : [])
                Push(watcher, chunk);
            Tell(watcher, task);
        }
    }

    private static void Push(Watcher watcher, LogChunk chunk)
    {
        watcher.Waiting.Enqueue(chunk);
        watcher.Bytes += chunk.Bytes.Length;
        while (watcher.Bytes > MaxWaitingBytes)
        {
            watcher.Bytes -= watcher.Waiting.Dequeue().Bytes.Length;
            watcher.Gap = true;
        }
    }

    private void Tell(Watcher watcher, TaskRecord task)
    {
        watcher.News = task;
        if (!watcher.Busy)
            _ = SendAsync(watcher);
    }

    private async Task SendAsync(Watcher watcher)
    {
        watcher.Busy = true;
        try
        {
            while (watcher.News is { } task)
            {
                var news = new TaskNews(task, task.Attempt, LogChunkCodec.Join([.. watcher.Waiting]), watcher.Gap);
                watcher.Waiting.Clear();
                (watcher.News, watcher.Bytes, watcher.Gap) = (null, 0, false);
                await observers.Get(watcher.Reference).TakeAsync(news);
            }
        }
        catch (Exception e) when (e is ObserverGoneException or TimeoutException or UnavailableException)
        {
            _watchers.Remove(watcher.Reference.Address);
        }
        finally
        {
            watcher.Busy = false;
        }
    }

    private void DropOld()
    {
        var now = time.GetUtcNow();
        foreach (var old in _watchers.Where(one => one.Value.Until <= now).Select(one => one.Key).ToList())
            _watchers.Remove(old);
    }

    private sealed class Watcher(ObserverRef<ITaskWatcher> reference, bool log)
    {
        public ObserverRef<ITaskWatcher> Reference { get; } = reference;

        public bool Log { get; } = log;

        public Queue<LogChunk> Waiting { get; } = [];

        public DateTimeOffset Until { get; set; }

        public TaskRecord? News { get; set; }

        public long Bytes { get; set; }

        public bool Gap { get; set; }

        public bool Busy { get; set; }
    }
}
