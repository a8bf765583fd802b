using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>The log of a task: takes it in, saves it about once a second, reads it back. Used by one grain.</summary>
internal sealed class TaskLogbook(GrainContext context, ITaskStore store)
{
    private const int MaxChunksRead = 64;

    private static readonly TimeSpan s_saveEvery = TimeSpan.FromSeconds(1);

    private readonly string _tenant = GrainKeys.Split(context.Key)[0];
    private readonly string _task = GrainKeys.Split(context.Key)[1];
    private TaskLogKeeper _keeper = new([]);
    private int _attempt = 1;
    private IDisposable? _saving;

    /// <summary>The number of the chunk that is due next.</summary>
    public uint Next => _keeper.Next;

    /// <summary>How much the attempt has written, as far as it has come; null: nothing.</summary>
    public LogTotals? Totals => _keeper.Next == 0 ? null : _keeper.Totals;

    /// <summary>The task is gone: what isn't saved never is.</summary>
    public void Drop()
    {
        _saving?.Dispose();
        _saving = null;
        Begin(_attempt);
    }

    /// <summary>Begins the log of a new attempt.</summary>
    public void Begin(int attempt) => (_attempt, _keeper) = (attempt, new TaskLogKeeper([]));

    /// <summary>Goes on with the log of this attempt.</summary>
    public async Task OpenAsync(int attempt, CancellationToken cancellation)
    {
        _attempt = attempt;
        _keeper = new TaskLogKeeper(await store.ReadLogEntriesAsync(_tenant, _task, attempt, cancellation));
    }

    /// <summary>Takes chunks in. Those that were new. <c>frame_malformed</c>.</summary>
    public Outcome<List<LogChunk>> Take(byte[] joined)
    {
        var chunks = LogChunkCodec.Split(joined);
        if (!chunks.Ok)
            return chunks.Problem;
        var taken = chunks.Value.Where(_keeper.Add).ToList();
        if (_keeper.IsDirty)
            _saving ??= context.Timers.Start(_ => FlushAsync(), s_saveEvery, Timeout.InfiniteTimeSpan);
        return taken;
    }

    /// <summary>Saves what isn't.</summary>
    public async Task FlushAsync()
    {
        _saving?.Dispose();
        _saving = null;
        if (!_keeper.IsDirty)
            return;
        var (add, remove) = _keeper.Unsaved();
        await store.SaveLogAsync(_tenant, _task, _attempt, add, remove, CancellationToken.None);
        _keeper.Saved();
    }

    /// <summary>The number from which on the agent shall send, because what was before is saved.</summary>
    public async Task<uint> SavedNextAsync()
    {
        await FlushAsync();
        return _keeper.Next;
    }

    /// <summary>What is kept of the attempt's log from this chunk on, as far as it is soon read.</summary>
    public async Task<IReadOnlyList<LogChunk>> ReadFromAsync(uint first)
    {
        await FlushAsync();
        var after = first == 0 ? new LogPosition(_attempt - 1, uint.MaxValue) : new LogPosition(_attempt, first - 1);
        var read = await store.ReadLogAsync(_tenant, _task, after, MaxChunksRead, CancellationToken.None);
        return [.. read.Where(stored => stored.Attempt == _attempt).Select(stored => stored.Chunk)];
    }
}
