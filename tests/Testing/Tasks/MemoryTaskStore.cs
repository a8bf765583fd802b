using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Testing.Tasks;

/// <summary>Keeps tasks, their logs and fan-outs in memory; waits or fails when it is told to.</summary>
public sealed class MemoryTaskStore : ITaskStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Id), TaskRecord> _tasks = [];
    private readonly Dictionary<(string Tenant, string Id), FanoutRecord> _fanouts = [];
    private readonly Dictionary<(string Tenant, string Task), SortedDictionary<(int Attempt, uint Number), LogChunk>> _logs = [];

    /// <summary>Awaited before anything is written or removed; when it throws, nothing is.</summary>
    public Func<Task>? BeforeWrite { get; set; }

    /// <summary>Awaited before anything is read.</summary>
    public Func<Task>? BeforeRead { get; set; }

    public async ValueTask AddAsync(string tenant, IReadOnlyList<TaskRecord> tasks, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            foreach (var task in tasks)
                _tasks.TryAdd((tenant, task.Id), task);
        }
    }

    public async ValueTask SaveAsync(string tenant, TaskRecord task, long known, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            if (_tasks.GetValueOrDefault((tenant, task.Id))?.Revision != known)
                throw new StateConflictException($"Task {task.Id} hasn't revision {known} any more.");
            _tasks[(tenant, task.Id)] = task;
        }
    }

    public async ValueTask<TaskRecord?> ReadAsync(string tenant, string id, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
            return _tasks.GetValueOrDefault((tenant, id));
    }

    public async ValueTask<IReadOnlyList<TaskRecord>> ListAsync(
        string tenant, TaskQuery query, TaskCursor? after, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
        {
            return
            [
                .. Of(_tasks, tenant).Where(task => Matches(task, query) && IsAfter(task.CreatedAt, task.Id, after))
                    .OrderByDescending(task => task.CreatedAt).ThenBy(task => task.Id, StringComparer.Ordinal).Take(limit),
            ];
        }
    }

    public async ValueTask<IReadOnlyList<string>> ListOpenAsync(
        string tenant, string agent, string? after, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
        {
            return
            [
                .. Of(_tasks, tenant).Where(task => task.IsOpen && task.Request.Agent == agent).Select(task => task.Id)
                    .Where(id => string.CompareOrdinal(id, after) > 0).Order(StringComparer.Ordinal).Take(limit),
            ];
        }
    }

    public async ValueTask<IReadOnlyDictionary<string, int>> CountAsync(string tenant, string fanout, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
        {
            return Of(_tasks, tenant).Where(task => task.Request.Fanout == fanout)
                .CountBy(task => task.Status).ToDictionary();
        }
    }

    public async ValueTask<IReadOnlyList<DueTask>> ListDueAsync(DateTimeOffset at, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
        {
            var tasks = _tasks.Select(entry => (entry.Value.DueAt, Due: new DueTask(entry.Key.Tenant, entry.Key.Id, false)));
            var fanouts = _fanouts.Select(entry => (entry.Value.DueAt, Due: new DueTask(entry.Key.Tenant, entry.Key.Id, true)));
            return [.. tasks.Concat(fanouts).Where(one => one.DueAt <= at).OrderBy(one => one.DueAt).Select(one => one.Due).Take(limit)];
        }
    }

    public async ValueTask SaveLogAsync(
        string tenant, string task, int attempt, IReadOnlyList<LogChunk> add, IReadOnlyList<uint> remove, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            if (!_logs.TryGetValue((tenant, task), out var log))
                _logs[(tenant, task)] = log = [];
            foreach (var chunk in add)
                log[(attempt, chunk.Number)] = chunk;
            foreach (var number in remove)
                log.Remove((attempt, number));
        }
    }

    public async ValueTask<IReadOnlyList<StoredChunk>> ReadLogAsync(
        string tenant, string task, LogPosition? after, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
        {
            return
            [
                .. Log(tenant, task).Where(entry => after is not { } place || entry.Key.CompareTo((place.Attempt, place.Number)) > 0)
                    .Take(limit).Select(entry => new StoredChunk(entry.Key.Attempt, entry.Value)),
            ];
        }
    }

    public async ValueTask<IReadOnlyList<ChunkEntry>> ReadLogEntriesAsync(
        string tenant, string task, int attempt, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
            return [.. Log(tenant, task).Where(entry => entry.Key.Attempt == attempt).Select(entry => ChunkEntry.Of(entry.Value))];
    }

    public async ValueTask DeleteAsync(string tenant, string id, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
            Remove((tenant, id));
    }

    public async ValueTask SaveFanoutAsync(string tenant, FanoutRecord fanout, long? known, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            if (_fanouts.GetValueOrDefault((tenant, fanout.Id))?.Revision != known)
                throw new StateConflictException($"Fan-out {fanout.Id} hasn't revision {known} any more.");
            _fanouts[(tenant, fanout.Id)] = fanout;
        }
    }

    public async ValueTask<FanoutRecord?> ReadFanoutAsync(string tenant, string id, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
            return _fanouts.GetValueOrDefault((tenant, id));
    }

    public async ValueTask<IReadOnlyList<FanoutRecord>> ListFanoutsAsync(
        string tenant, string? status, TaskCursor? after, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
        {
            return
            [
                .. Of(_fanouts, tenant)
                    .Where(fanout => (status is null || fanout.Status == status) && IsAfter(fanout.CreatedAt, fanout.Id, after))
                    .OrderByDescending(fanout => fanout.CreatedAt).ThenBy(fanout => fanout.Id, StringComparer.Ordinal).Take(limit),
            ];
        }
    }

    public async ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            var tasks = Oldest(_tasks, task => task.HasEnded ? task.FinishedAt ?? task.UpdatedAt : null, before, limit);
            var fanouts = Oldest(_fanouts, fanout => fanout.IsOpen ? null : fanout.FinishedAt ?? fanout.UpdatedAt, before, limit);
            tasks.ForEach(Remove);
            fanouts.ForEach(key => _fanouts.Remove(key));
            return tasks.Count + fanouts.Count;
        }
    }

    public async ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            foreach (var key in _tasks.Keys.Concat(_logs.Keys).Where(key => key.Item1 == tenant).ToList())
                Remove(key);
            foreach (var key in _fanouts.Keys.Where(key => key.Tenant == tenant).ToList())
                _fanouts.Remove(key);
        }
    }

    private static Task WaitAsync(Func<Task>? before, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return before?.Invoke().WaitAsync(cancellation) ?? Task.CompletedTask;
    }

    private static bool Matches(TaskRecord task, TaskQuery query) =>
        (query.Agent is null || task.Request.Agent == query.Agent)
        && (query.Type is null || task.Request.Type == query.Type)
        && (query.Status is null || task.Status == query.Status)
        && (query.CreatedBy is null || task.Request.CreatedBy == query.CreatedBy)
        && (query.Fanout is null || task.Request.Fanout == query.Fanout)
        && (query.From is null || task.CreatedAt >= query.From)
        && (query.To is null || task.CreatedAt < query.To)
        && (!query.AwaitingApproval || task.AwaitsApproval);

    private static bool IsAfter(DateTimeOffset createdAt, string id, TaskCursor? cursor) =>
        cursor is null || createdAt < cursor.CreatedAt || (createdAt == cursor.CreatedAt && string.CompareOrdinal(id, cursor.Id) > 0);

    private static IEnumerable<T> Of<T>(Dictionary<(string Tenant, string Id), T> records, string tenant) =>
        records.Where(entry => entry.Key.Tenant == tenant).Select(entry => entry.Value);

    private static List<(string Tenant, string Id)> Oldest<T>(
        Dictionary<(string Tenant, string Id), T> records, Func<T, DateTimeOffset?> ended, DateTimeOffset before, int limit) =>
        [
            .. records.Select(entry => (entry.Key, Ended: ended(entry.Value))).Where(one => one.Ended < before)
                .OrderBy(one => one.Ended).Take(limit).Select(one => one.Key),
        ];

    private SortedDictionary<(int Attempt, uint Number), LogChunk> Log(string tenant, string task) =>
        _logs.GetValueOrDefault((tenant, task)) ?? [];

    private void Remove((string Tenant, string Id) key)
    {
        _tasks.Remove(key);
        _logs.Remove(key);
    }
}
