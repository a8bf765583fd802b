using System.Text.Json;
using Outrider.Grains.Diagnosis;

namespace Outrider.Tests.Grains.Diagnosis;

public sealed class DiagnosisTests
{
    private const string Backends = "SHOW BACKENDS";

    [Fact]
    public async Task Run_DiskFull_AnswersAndKeepsReportWithEvidence()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var report = (await world.RunAsync(details: true)).Value!;

        Assert.Equal("CRITICAL", report.Status);
        Assert.False(report.Cached);
        Assert.Equal("db-1", report.Agent);
        var saved = Assert.Single(world.Reports.Saved);
        Assert.Equal("demo", saved.Tenant);
        var again = ReportFactory.Reanalyse(EvidenceBundleFormat.Read(saved.Bundle).Value!).Value!;
        Assert.Equal(JsonSerializer.Serialize(report), JsonSerializer.Serialize(again));
        Assert.Equal(world.Queries, world.Link.Tasks.Count);
        Assert.All(world.Link.Tasks, task => Assert.Equal(("sql", "key-1"), (task.Type, task.Actor)));
        Assert.All(world.Link.Tasks, task => Assert.True(task.Limits!.TimeoutMs <= 10_000));
        Assert.Equal(world.Link.Tasks.Count, world.Link.Tasks.Select(task => task.TaskId).Distinct().Count());
    }

    [Fact]
    public async Task Run_EqualRequestsTogether_ShareOneRun()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Link.Holds = sql => sql == Backends;
        var first = world.RunAsync();
        var held = await world.Link.NextHeldAsync();
        var others = Enumerable.Range(0, 5).Select(_ => world.RunAsync()).ToList();
        held.Released.SetResult();

        var report = (await first).Value!;
        foreach (var other in await Task.WhenAll(others))
        {
            Assert.Equal(report.Id, other.Value!.Id);
            Assert.True(other.Value.Cached);
        }
        Assert.Equal(1, world.Link.Count(Backends));
        Assert.Single(world.Reports.Saved);
    }

    [Fact]
    public async Task Run_FromCache_LastsSixtySeconds()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var first = (await world.RunAsync()).Value!;
        world.Time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal(first.Id, (await world.RunAsync()).Value!.Id);
        world.Time.Advance(TimeSpan.FromSeconds(0.2));
        var second = (await world.RunAsync()).Value!;

        Assert.NotEqual(first.Id, second.Id);
        Assert.False(second.Cached);
        Assert.Equal(2, world.Link.Count(Backends));
    }

    [Fact]
    public async Task Run_Fresh_PassesTheCacheAndRenewsIt()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var first = (await world.RunAsync()).Value!;
        var fresh = (await world.RunAsync(fresh: true)).Value!;

        Assert.NotEqual(first.Id, fresh.Id);
        Assert.Equal(fresh.Id, (await world.RunAsync()).Value!.Id);
        Assert.Equal(2, world.Link.Count(Backends));
    }

    [Fact]
    public async Task Run_WithDetailsLater_ShowsMoreOfTheSameReport()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var brief = (await world.RunAsync()).Value!;
        var full = (await world.RunAsync(details: true)).Value!;

        Assert.Null(brief.Details);
        Assert.Equal(brief.Id, full.Id);
        Assert.Equal(["nodes", "databases", "partitions"], full.Details!.Select(table => table.Name));
        Assert.Equal(1, world.Link.Count(Backends));
    }

    [Fact]
    public async Task Run_MoreStatementsThanFour_KeepsFourAtOnce()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        await world.RunAsync();

        Assert.InRange(world.Link.MostAtOnce, 1, 4);
        Assert.True(world.Link.Tasks.Count > 8);
    }

    [Fact]
    public async Task Run_NotApplicable_IsCachedToo()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var diagnosis = world.Diagnosis("demo/db-1/storage_amplification");
        await diagnosis.RunAsync(new DiagnosisRequest { Actor = "key-1" }, default);
        var asked = world.Link.Tasks.Count;

        Assert.False((await diagnosis.RunAsync(new DiagnosisRequest { Actor = "key-1" }, default)).Ok);
        Assert.Equal(asked, world.Link.Tasks.Count);
    }

    [Fact]
    public async Task Run_WithProgress_TellsEachStepUpToTheLast()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var progress = new FakeProgress();
        await world.RunAsync(progress: progress);
        var steps = progress.Steps.ToList();

        Assert.Equal(steps.OrderBy(step => step.Done), steps);
        Assert.Equal(world.Link.Tasks.Count, steps[^1].Done);
        Assert.Equal(steps[^1].Total, steps[^1].Done);
        Assert.All(steps, step => Assert.True(step.Done <= step.Total));
    }

    [Fact]
    public async Task Run_WatcherThatFails_DoesNotMatter()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var progress = new FakeProgress(() => throw new InvalidOperationException("viewer broke"));

        Assert.True((await world.RunAsync(progress: progress)).Ok);
        Assert.Single(progress.Steps);
    }

    [Fact]
    public async Task Run_WatcherThatHangs_IsNotWaitedForLong()
    {
        await using var world = await DiagnosisWorld.StartAsync(callDeadline: TimeSpan.FromDays(1));
        var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var progress = new FakeProgress(() => hang.Task);
        world.Link.Holds = sql => sql == "SHOW TABLET 12072"; // the last statement of all
        var running = world.RunAsync(progress: progress);
        (await world.Link.NextHeldAsync()).Released.SetResult();
        // The clock must not outrun the grain, or the caller's own deadline (75 s) passes first.
        for (var steps = 0; !running.IsCompleted; await Task.Yield())
        {
            if (ThreadPool.PendingWorkItemCount == 0 && steps++ < 6000)
                world.Time.Advance(TimeSpan.FromMilliseconds(10));
        }
        hang.SetResult();

        Assert.True((await running).Ok);
        Assert.Single(progress.Steps);
    }

    [Fact]
    public async Task Run_ManyArguments_KeepsTheCacheSmall()
    {
        await using var world = await DiagnosisWorld.StartAsync("shared-data-amplification");
        var diagnosis = world.Diagnosis("demo/db-1/storage_amplification");
        for (var i = 0; i < 9; i++)
        {
            await RunAsync(i);
            world.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.True((await RunAsync(8)).Cached);
        Assert.True((await RunAsync(1)).Cached);
        Assert.False((await RunAsync(0)).Cached); // the oldest made room

        async Task<DiagnosisReport> RunAsync(int i) => (await diagnosis.RunAsync(
            new DiagnosisRequest { Actor = "key-1", Arguments = new() { ["database_name"] = $"db{i}" } }, default)).Value!;
    }
}
