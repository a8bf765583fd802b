using Outrider.Agent.Collectors;
using Outrider.Agent.Logging;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Time;

namespace Outrider.Tests.Pure.Collectors;

public sealed class CollectorScheduleTests : IDisposable
{
    private readonly FakeTime _time = new();
    private readonly StringWriter _log = new();
    private readonly EventLog _measured = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Tick_TwoIntervals_RunsEachOnItsOwn()
    {
        var schedule = Schedule(new Fake("fast", 5), new Fake("slow", 10));
        for (var second = 0; second <= 20; second++)
            await StepAsync(schedule);
        Assert.Equal((5, 3), (_measured.Count("fast"), _measured.Count("slow")));
    }

    [Fact]
    public async Task Tick_OneHangs_TheOthersGoOnAndItIsCountedOnce()
    {
        var never = new TaskCompletionSource();
        var schedule = Schedule(new Fake("stuck", 5) { Until = never.Task, IgnoresCancellation = true }, new Fake("good", 5));
        for (var second = 0; second <= 20; second++)
        {
            _ = schedule.Tick(CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(1));
            if (second % 5 == 0)
                await _measured.UntilAsync("good", times: 1 + second / 5);
        }
        Assert.Equal(0, _measured.Count("stuck"));
        Assert.Equal([("stuck", 1L), ("good", 0L)], schedule.States.Select(state => (state.Name, state.Failures)));
        Assert.Single(_log.ToString().Split('\n'), line => line.Contains("stuck"));
    }

    [Fact]
    public async Task Tick_OneEndsTooLate_WhatItMeasuredIsThrownAway()
    {
        var late = new TaskCompletionSource();
        var schedule = Schedule(new Fake("late", 5) { Until = late.Task, IgnoresCancellation = true });
        var run = schedule.Tick(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(4));
        late.SetResult();
        await run;
        Assert.Empty(_measured.Events);
        Assert.Equal(1, schedule.States.Single().Failures);
    }

    [Fact]
    public async Task Tick_OneHeedsItsTimeLimit_FailsAndRunsAgain()
    {
        var collector = new Fake("x", 5) { Until = new TaskCompletionSource().Task };
        var schedule = Schedule(collector);
        var run = schedule.Tick(CancellationToken.None);
        await collector.Started.Task;
        _time.Advance(TimeSpan.FromSeconds(5));
        await run;
        collector.Until = Task.CompletedTask;
        await schedule.Tick(CancellationToken.None);
        Assert.Equal(["x"], _measured.Events);
        Assert.Contains("works again", _log.ToString());
    }

    [Fact]
    public async Task Tick_OneThrows_IsCountedAndTold()
    {
        var schedule = Schedule(new Fake("bad", 5) { Until = Task.FromException(new InvalidDataException("no such thing")) }, new Fake("good", 5));
        await schedule.Tick(CancellationToken.None);
        Assert.Equal(["good"], _measured.Events);
        Assert.Contains("no such thing", _log.ToString());
    }

    [Fact]
    public async Task Apply_NewIntervals_HoldAtOnce()
    {
        var schedule = Schedule(new Fake("a", 300), new Fake("b", 5));
        await StepAsync(schedule);
        schedule.Apply((name, own) => name == "a" ? TimeSpan.FromSeconds(2) : null);
        for (var second = 0; second < 10; second++)
            await StepAsync(schedule);
        Assert.Equal((6, 1), (_measured.Count("a"), _measured.Count("b")));
    }

    [Fact]
    public async Task Tick_ClockStoodStillForLong_MissedRunsAreNotMadeUpFor()
    {
        var schedule = Schedule(new Fake("a", 5));
        await StepAsync(schedule);
        _time.Advance(TimeSpan.FromHours(1));
        await StepAsync(schedule);
        await StepAsync(schedule);
        Assert.Equal(2, _measured.Count("a"));
    }

    private async Task StepAsync(CollectorSchedule schedule)
    {
        await schedule.Tick(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private CollectorSchedule Schedule(params Fake[] collectors) =>
        new(collectors, readings => _measured.Record(readings.Values.Single().Series.Metric), new AgentLog(TextWriter.Synchronized(_log), _time), _time);

    private sealed class Fake(string name, int seconds) : ICollector
    {
        public string Name => name;

        public TimeSpan Interval => TimeSpan.FromSeconds(seconds);

        public TimeSpan TimeLimit => TimeSpan.FromSeconds(3);

        public Task Until { get; set; } = Task.CompletedTask;

        public bool IgnoresCancellation { get; init; }

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask CollectAsync(Readings to, CancellationToken cancellation)
        {
            Started.TrySetResult();
            await (IgnoresCancellation ? Until : Until.WaitAsync(cancellation));
            to.Add(new Series(name), 1);
        }
    }
}
