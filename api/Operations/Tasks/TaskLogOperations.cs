using System.Runtime.CompilerServices;
using Outrider.Api.Auth;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Log;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>What callers may read of tasks' logs, the same for every front door.</summary>
public sealed class TaskLogOperations(TaskOperations tasks, IGrains grains, IObservers observers, ITaskStore store, TimeProvider time)
{
    public const int MaxRows = 1_000;

    /// <summary>Rows after a place (null: from the beginning); of a task that isn't over those that are stored, which takes a moment.</summary>
    public async Task<Outcome<TaskLogPage>> ReadAsync(Caller caller, string id, string? after, int limit, CancellationToken cancellation)
    {
        if (limit is < 1 or > MaxRows)
            return TenantRules.Invalid($"limit must be 1 to {MaxRows}; it is {limit}.");
        var place = PlaceOf(after);
        if (!place.Ok)
            return place.Problem;
        // How it stands is read first: what it had written when it was over is all there is.
        var found = await tasks.FindAsync(caller, id);
        if (!found.Ok)
            return found.Problem;
        var lines = new LogLines(place.Value);
        var rows = new List<LogRow>();
        await foreach (var some in LogReads.ReadAsync(store, caller.Tenant, id, lines, cancellation))
        {
            rows.AddRange(some);
            if (rows.Count > limit)
                break;
        }
        if (found.Value.HasEnded && rows.Count <= limit)
            rows.AddRange(LogReads.End(lines, found.Value));
        return Page(id, rows, after, limit, found.Value.HasEnded);
    }

    /// <summary>The last rows; of a task that runs also the lines that it hasn't ended yet.</summary>
    public async Task<Outcome<TaskLogPage>> TailAsync(Caller caller, string id, int limit, CancellationToken cancellation)
    {
        var found = await tasks.FindAsync(caller, id);
        if (!found.Ok)
            return found.Problem;
        var lines = new LogLines(default);
        var last = new Queue<LogRow>(limit);
        void Add(IEnumerable<LogRow> rows)
        {
            foreach (var row in rows)
            {
                if (last.Count == limit)
                    last.Dequeue();
                last.Enqueue(row);
            }
        }
        await foreach (var some in LogReads.ReadAsync(store, caller.Tenant, id, lines, cancellation))
            Add(some);
        var next = lines.Place;
        Add(found.Value.HasEnded ? LogReads.End(lines, found.Value) : lines.Unfinished());
        next = found.Value.HasEnded ? lines.Place : next;
        return new TaskLogPage(
            [.. last.Select(row => LogRowView.Of(id, row))], next.Attempt == 0 ? null : next.ToString(), found.Value.HasEnded, last.Any(row => row.Missing > 0));
    }

    /// <summary>The bytes of a stream as they are kept; what is missing between them is left out.</summary>
    /// <param name="attempt">Null: the last.</param>
    public async Task<Outcome<IAsyncEnumerable<ReadOnlyMemory<byte>>>> ReadRawAsync(
        Caller caller, string id, string stream, int? attempt, CancellationToken cancellation)
    {
        if (LogRowView.StreamOf(stream) is not { } which)
            return TenantRules.Invalid("stream must be stdout, stderr or note.");
        var found = await tasks.FindAsync(caller, id);
        return !found.Ok ? found.Problem : new Outcome<IAsyncEnumerable<ReadOnlyMemory<byte>>>
        {
            Value = BytesAsync(caller.Tenant, id, which, attempt ?? found.Value.Attempt, cancellation),
        };
    }

    /// <summary>States and log from a place on, as they come, until the task's end; <c>quota_exceeded</c>: too many watch it already.</summary>
    internal async Task<Outcome<TaskFollow>> FollowAsync(Caller caller, string id, string? after)
    {
        if (Permissions.Require(caller, Permission.TasksRead) is { } problem)
            return problem;
        if (!TaskNames.IsId(id))
            return TaskOperations.Unknown(id);
        var place = PlaceOf(after);
        if (!place.Ok)
            return place.Problem;
        var watch = await TaskWatch.BeginAsync(grains, observers, time, TaskOperations.Key(caller, id), log: true);
        return watch.Ok ? new TaskFollow(store, caller.Tenant, watch.Value, place.Value) : watch.Problem;
    }

    private static TaskLogPage Page(string id, List<LogRow> rows, string? after, int limit, bool over)
    {
        var shown = rows.Take(limit).Select(row => LogRowView.Of(id, row)).ToList();
        return new TaskLogPage(
            shown, shown.Count > 0 ? shown[^1].Id : after, over && rows.Count <= limit, shown.Exists(row => row.Missing is not null));
    }

    private static Outcome<LogPlace> PlaceOf(string? after) =>
        after is null ? default(LogPlace)
        : LogPlace.TryParse(after, out var place) ? place
        : TenantRules.Invalid("after is the id of a log row, or next of the page before.");

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> BytesAsync(
        string tenant, string id, TaskStream stream, int attempt, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = new LogPlace(attempt, 0, 0, 0, 0).Before;
        await foreach (var stored in LogReads.ChunksAsync(store, tenant, id, start, cancellation))
        {
            if (stored.Attempt != attempt)
                yield break;
            if (stored.Chunk.Stream == stream)
                yield return stored.Chunk.Bytes;
        }
    }
}
