using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>Keeps tasks, their logs, and fan-outs. Safe for concurrent callers. What a method has done is durable when it returns.</summary>
public interface ITaskStore
{
    /// <summary>How long a task that is over, its log, and a fan-out are kept.</summary>
    static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>Adds tasks, all in one write; one whose id is there already is passed over.</summary>
    ValueTask AddAsync(string tenant, IReadOnlyList<TaskRecord> tasks, CancellationToken cancellation);

    /// <summary>Replaces a task. <see cref="StateConflictException"/>: the stored one hasn't the revision <paramref name="known"/>, or is gone.</summary>
    ValueTask SaveAsync(string tenant, TaskRecord task, long known, CancellationToken cancellation);

    /// <summary>One task; null if there is none of this id.</summary>
    ValueTask<TaskRecord?> ReadAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>Tasks by when they were created, newest first, then by id; after <paramref name="after"/> (null: from the newest).</summary>
    ValueTask<IReadOnlyList<TaskRecord>> ListAsync(string tenant, TaskQuery query, TaskCursor? after, int limit, CancellationToken cancellation);

    /// <summary>Ids of an agent's tasks to which something may still happen (<see cref="TaskRecord.IsOpen"/>), in their order; after <paramref name="after"/> (null: from the first).</summary>
    ValueTask<IReadOnlyList<string>> ListOpenAsync(string tenant, string agent, string? after, int limit, CancellationToken cancellation);

    /// <summary>How many tasks of a fan-out have each status.</summary>
    ValueTask<IReadOnlyDictionary<string, int>> CountAsync(string tenant, string fanout, CancellationToken cancellation);

    /// <summary>Tasks and fan-outs of all tenants that fell due at or before then, the longest due first.</summary>
    ValueTask<IReadOnlyList<DueTask>> ListDueAsync(DateTimeOffset at, int limit, CancellationToken cancellation);

    /// <summary>Adds chunks to a log (one that is there already is replaced) and removes others, all in one write.</summary>
    ValueTask SaveLogAsync(
        string tenant, string task, int attempt, IReadOnlyList<LogChunk> add, IReadOnlyList<uint> remove, CancellationToken cancellation);

    /// <summary>Chunks of a task's log in their order, by attempt, then number; after <paramref name="after"/> (null: from the first).</summary>
    ValueTask<IReadOnlyList<StoredChunk>> ReadLogAsync(string tenant, string task, LogPosition? after, int limit, CancellationToken cancellation);

    /// <summary>What is kept of an attempt's log, in its order.</summary>
    ValueTask<IReadOnlyList<ChunkEntry>> ReadLogEntriesAsync(string tenant, string task, int attempt, CancellationToken cancellation);

    /// <summary>Removes a task and its log.</summary>
    ValueTask DeleteAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>Adds a fan-out (<paramref name="known"/> null) or replaces it; <see cref="StateConflictException"/> as of <see cref="SaveAsync"/>, or it is there already.</summary>
    ValueTask SaveFanoutAsync(string tenant, FanoutRecord fanout, long? known, CancellationToken cancellation);

    /// <summary>One fan-out; null if there is none of this id.</summary>
    ValueTask<FanoutRecord?> ReadFanoutAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>Fan-outs by when they were created, newest first, then by id; after <paramref name="after"/> (null: from the newest).</summary>
    ValueTask<IReadOnlyList<FanoutRecord>> ListFanoutsAsync(
        string tenant, string? status, TaskCursor? after, int limit, CancellationToken cancellation);

    /// <summary>Removes tasks that were over before then with their logs, of all tenants, and fan-outs. At most <paramref name="limit"/> of each; returns how many.</summary>
    ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, int limit, CancellationToken cancellation);

    /// <summary>Removes everything of a tenant.</summary>
    ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation);
}
