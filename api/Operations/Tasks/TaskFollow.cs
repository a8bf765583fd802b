using System.Runtime.CompilerServices;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>
/// Tells of a task's states and of its log until its end: what is stored first, then what comes. The same for every front door. What the
/// watch has missed is read from the store, once it is there.
/// </summary>
internal sealed class TaskFollow(ITaskStore store, string tenant, TaskWatch watch, LogPlace from) : IAsyncDisposable
{
    private readonly LogLines _lines = new(from);
    private readonly string _id = watch.Task.Id;
    private object? _told;

    public string Id => _id;

    public async IAsyncEnumerable<TaskFollowed> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return new TaskFollowed(TakeState(), []);
        await foreach (var rows in ReadStoreAsync(cancellation))
            yield return new TaskFollowed(null, rows);
        while (!watch.Task.HasEnded)
        {
            if (await watch.NextAsync(cancellation) is not { } news)
                yield break;
            var chunks = LogChunkCodec.Split(news.Chunks).Value ?? [];
            if (news.Gap || (chunks.Count > 0 && (news.Attempt != _lines.Place.Attempt || chunks[0].Number > _lines.Next)))
            {
                await foreach (var rows in ReadStoreAsync(cancellation))
                    yield return new TaskFollowed(null, rows);
            }
            foreach (var chunk in chunks)
            {
                foreach (var rows in LogReads.RowsOf(_lines, news.Attempt, chunk))
                    yield return new TaskFollowed(null, rows);
            }
            watch.Seen = _lines.Next;
            if (TakeState() is { } state && !state.HasEnded)
                yield return new TaskFollowed(state, []);
        }
        await foreach (var rows in ReadStoreAsync(cancellation))
            yield return new TaskFollowed(null, rows);
        yield return new TaskFollowed(watch.Task, LogReads.End(_lines, watch.Task), End: true);
    }

    public ValueTask DisposeAsync() => watch.DisposeAsync();

    /// <summary>Null: it was told.</summary>
    private TaskRecord? TakeState()
    {
        var mark = TaskWatch.MarkOf(watch.Task);
        if (mark.Equals(_told))
            return null;
        _told = mark;
        return watch.Task;
    }

    private IAsyncEnumerable<List<LogRow>> ReadStoreAsync(CancellationToken cancellation) =>
        LogReads.ReadAsync(store, tenant, _id, _lines, cancellation);
}
