using Microsoft.Extensions.Logging.Abstractions;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Tasks;
using Outrider.Silo.Hosting;
using Outrider.Testing.Tasks;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class TaskRetentionTests
{
    private readonly FakeTime _time = new();
    private readonly EventLog _log = new();
    private readonly MemoryTaskStore _store = new();

    [Fact]
    public async Task EveryHour_RemovesInBatchesWhatIsOlderThanTheRetention()
    {
        var limit = _time.GetUtcNow() - ITaskStore.Retention;
        await AddAsync(2 * TaskRetention.Batch, limit.AddTicks(-1), "old");
        await AddAsync(1, limit, "young");
        await AddAsync(1, limit + HourlyRemoval.Every, "new");
        _store.BeforeWrite = RecordAsync;
        using var retention = new TaskRetention(_store, _time, NullLogger<TaskRetention>.Instance);
        await retention.StartAsync(default);

        await _log.UntilAsync("there: 2");
        Assert.Equal(["there: 2002", "there: 1002", "there: 2"], _log.Events);
        _time.Advance(HourlyRemoval.Every);
        await _log.UntilAsync("there: 2", times: 2);
        _time.Advance(HourlyRemoval.Every);
        await _log.UntilAsync("there: 1");
        await retention.StopAsync(default);
    }

    /// <summary>How many are in the store when it is told to remove some.</summary>
    private async Task RecordAsync() =>
        _log.Record($"there: {(await _store.ListAsync("acme", new TaskQuery(), null, 10_000, default)).Count}");

    private async Task AddAsync(int count, DateTimeOffset ended, string id) => await _store.AddAsync(
        "acme",
        [
            .. Enumerable.Range(0, count).Select(i => new TaskRecord
            {
                Id = $"{id}-{i}", Request = new TaskRequest { Agent = "prod-1", Type = TaskTypes.Sql, CreatedBy = "k1" }, Status = TaskStatuses.Success,
                CreatedAt = ended, UpdatedAt = ended, ReadyAt = ended, FinishedAt = ended,
            }),
        ],
        default);
}
