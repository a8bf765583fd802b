using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Tasks;
using Outrider.Silo.Hosting;
using Outrider.Testing.Tasks;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class TaskSweepTests
{
    private readonly FakeTime _time = new();
    private readonly EventLog _log = new();
    private readonly MemoryTaskStore _store = new();

    [Fact]
    public async Task WhatIsDue_IsWokenAtEverySweep_AlsoWhenOneFails()
    {
        await AddAsync("a", "fails", "z");
        await _store.SaveFanoutAsync(
            "acme",
            new FanoutRecord
            {
                Id = "f", Request = new FanoutRequest { Task = Request }, Agents = ["prod-1"], CreatedAt = _time.GetUtcNow(), UpdatedAt = _time.GetUtcNow(),
                DueAt = _time.GetUtcNow(),
            },
            null, default);
        using var sweep = await StartAsync();

        for (var times = 1; times <= 3; times++)
        {
            _time.Advance(TaskSweep.Alone);
            foreach (var woken in new[] { "IAgentTask acme/a", "IAgentTask acme/fails", "IAgentTask acme/z", "IFanout acme/f" })
                await _log.UntilAsync(woken, times);
        }
        await sweep.StopAsync(default);
    }

    [Fact]
    public async Task StoreThatFails_IsAskedAgain()
    {
        await AddAsync("a");
        var asked = 0;
        _store.BeforeRead = () =>
        {
            _log.Record("asked");
            return ++asked == 1 ? throw new IOException("The disk is ill.") : Task.CompletedTask;
        };
        using var sweep = await StartAsync();

        _time.Advance(TaskSweep.Alone);
        await _log.UntilAsync("asked");
        _time.Advance(TaskSweep.Alone);
        await _log.UntilAsync("IAgentTask acme/a");
        await sweep.StopAsync(default);
    }

    private static TaskRequest Request => new() { Agent = "prod-1", Type = TaskTypes.Sql, CreatedBy = "k1" };

    private async Task<TaskSweep> StartAsync()
    {
        var sweep = new TaskSweep(TaskSweep.Alone, _store, new Grains(_log), _time, NullLogger<TaskSweep>.Instance);
        await sweep.StartAsync(default);
        await _time.UntilTimersWaitAsync(1);
        return sweep;
    }

    private async Task AddAsync(params IEnumerable<string> ids) => await _store.AddAsync(
        "acme",
        [
            .. ids.Select(id => new TaskRecord
            {
                Id = id, Request = Request, CreatedAt = _time.GetUtcNow(), UpdatedAt = _time.GetUtcNow(), ReadyAt = _time.GetUtcNow(),
                DueAt = _time.GetUtcNow(),
            }),
        ],
        default);

    private sealed class Grains(EventLog log) : IGrains
    {
        public TGrain Get<TGrain>(string key) where TGrain : class, IGrain
        {
            var grain = DispatchProxy.Create<TGrain, Woken>();
            ((Woken)(object)grain).OnCall = method =>
            {
                Assert.Equal("WakeAsync", method);
                log.Record($"{typeof(TGrain).Name} {key}");
                return key.EndsWith("fails", StringComparison.Ordinal) ? Task.FromException(new TimeoutException("It hangs.")) : Task.CompletedTask;
            };
            return grain;
        }
    }

    private class Woken : DispatchProxy
    {
        public Func<string, Task> OnCall { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => OnCall(targetMethod!.Name);
    }
}
