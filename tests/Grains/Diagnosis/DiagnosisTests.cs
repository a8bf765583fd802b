using System.Text.Json;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Outcomes;

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
    public async Task Run_OneStatementRefused_ReportsTheRest()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Link.Fails = sql => sql.StartsWith("SHOW PROC", StringComparison.Ordinal) ? new(ProblemCodes.SqlFailed, "1227: Access denied.") : null;
        var report = (await world.RunAsync()).Value!;

        Assert.NotNull(report.Score);
        Assert.Equal(EvidenceStatuses.Failed, report.Evidence.Single(item => item.Id == "statistic").Status);
        Assert.Contains(report.Notes, note => note.Contains("'statistic' is missing (sql_failed)"));
        world.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(report.Id, (await world.RunAsync()).Value!.Id); // asking again wouldn't help: cached as any other
    }

    [Fact]
    public async Task Run_StatementThatHangs_IsGivenUpAndCachedBriefly()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Link.Holds = sql => sql == Backends;
        var running = world.RunAsync();
        var held = await world.Link.NextHeldAsync();
        world.Time.Advance(TimeSpan.FromSeconds(11));
        var report = (await running).Value!;

        Assert.True(held.Cancellation.IsCancellationRequested);
        Assert.Null(report.Score);
        Assert.Equal("UNKNOWN", report.Level);
        Assert.Contains(report.Notes, note => note.Contains("'backends' is missing (timed_out)"));
        world.Link.Holds = _ => false;
        Assert.Equal(report.Id, (await world.RunAsync()).Value!.Id);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull((await world.RunAsync()).Value!.Score);
    }

    [Fact]
    public async Task Run_SlowAllTheWay_EndsWithinItsBudget()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Link.Holds = _ => true;
        var running = world.RunAsync();
        var probes = await HeldAsync(world, 4);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        probes.ForEach(probe => probe.Released.SetResult());
        await HeldAsync(world, 4);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await HeldAsync(world, 1);
        world.Time.Advance(TimeSpan.FromSeconds(4));
        var report = (await running).Value!;

        Assert.Equal(25_000, report.ElapsedMs, 1.0);
        Assert.Equal("3.3.9-a1b2c3d", report.Facts["version"]);
        Assert.Equal(5, report.Evidence.Count(item => item.Problem?.Code == ProblemCodes.TimedOut));
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
    public async Task Run_QuotaUsedUp_IsThatProblemAndAsksNothing()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Quota = 3;

        Assert.Equal(ProblemCodes.QuotaExceeded, (await world.RunAsync()).Problem?.Code);
        Assert.Empty(world.Link.Tasks);
        Assert.Empty(world.Reports.Saved);
    }

    [Fact]
    public async Task Run_QuotaEndsBetweenPhases_ReportsWhatCame()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Quota = 9; // the probe's 4 and the next phase's 5, not the drill-down
        var report = (await world.RunAsync()).Value!;

        Assert.NotNull(report.Score);
        Assert.Equal(9, world.Link.Tasks.Count);
        Assert.Contains(report.Notes, note => note.Contains("'statistic_10328' is missing (quota_exceeded)"));
    }

    [Theory]
    [InlineData("demo/db-1/astrology", ProblemCodes.ExpertNotFound)]
    [InlineData("demo/db-2/storage", ProblemCodes.AgentNotFound)]
    [InlineData("demo/db-1/storage_amplification", ProblemCodes.ExpertNotApplicable)]
    public async Task Run_WrongKey_IsAProblem(string key, string code)
    {
        await using var world = await DiagnosisWorld.StartAsync();

        Assert.Equal(code, (await world.Diagnosis(key).RunAsync(new DiagnosisRequest { Actor = "key-1" }, default)).Problem?.Code);
        Assert.Empty(world.Reports.Saved);
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
    public async Task Run_UnknownArgument_IsInvalid()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var request = new DiagnosisRequest { Actor = "key-1", Arguments = new() { ["detail"] = "true" } };

        Assert.Equal(ProblemCodes.InvalidArgument, (await world.Diagnosis().RunAsync(request, default)).Problem?.Code);
        Assert.Empty(world.Link.Tasks);
    }

    [Fact]
    public async Task Run_AgentOffline_IsThatProblem()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Online = false;

        Assert.Equal(ProblemCodes.AgentOffline, (await world.RunAsync()).Problem?.Code);
        Assert.Equal(0, world.Queries);
    }

    [Fact]
    public async Task Run_DatabaseUnreachable_IsThatProblemNotAReport()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Link.Fails = _ => new(ProblemCodes.DatabaseUnreachable, "127.0.0.1:9030 refuses connections.");

        Assert.Equal(ProblemCodes.DatabaseUnreachable, (await world.RunAsync()).Problem?.Code);
        Assert.Empty(world.Reports.Saved);
    }

    [Fact]
    public async Task Run_LinkLostMidway_ReportsWhatCameAndAsksNoMore()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Link.Fails = sql => sql == "SHOW PROC '/statistic'" ? new(ProblemCodes.LinkLost, "The link broke.") : null;
        world.Link.Holds = sql => sql is Backends or "SHOW PROC '/cluster_balance'" || sql.Contains("partitions_meta ");
        var running = world.RunAsync();
        var held = await HeldAsync(world, 3); // the fourth at once is the one that is lost
        var asked = world.Link.Tasks.Count;
        held.ForEach(statement => statement.Released.SetResult());
        var report = (await running).Value!;

        Assert.Equal(asked, world.Link.Tasks.Count);
        Assert.NotNull(report.Score);
        Assert.Equal(["statistic", "disks"], report.Evidence.Where(item => item.Problem?.Code == ProblemCodes.LinkLost).Select(item => item.Id));
    }

    [Fact]
    public async Task Run_LinkGoneAtOnce_IsLinkLost()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.LoseLink();

        Assert.Equal(ProblemCodes.LinkLost, (await world.RunAsync()).Problem?.Code);
        Assert.Empty(world.Reports.Saved);
    }

    [Fact]
    public async Task Run_CancelledByCaller_CancelsOnTheAgentAndLeavesNothing()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Link.Holds = sql => sql == Backends;
        using var caller = new CancellationTokenSource();
        var running = world.RunAsync(cancellation: caller.Token);
        var held = await world.Link.NextHeldAsync();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = held.Cancellation.Register(cancelled.SetResult);
        await caller.CancelAsync();
        await cancelled.Task;
        await Task.WhenAny(running);
        world.Link.Holds = _ => false;

        Assert.False((await world.RunAsync()).Value!.Cached);
        Assert.Single(world.Reports.Saved);
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
        while (!running.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
        hang.SetResult();

        Assert.True((await running).Ok);
        Assert.Single(progress.Steps);
    }

    [Fact]
    public async Task Run_StoreFails_AnswersWithANote()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        world.Reports.Before = _ => throw new IOException("disk full");
        var report = (await world.RunAsync()).Value!;

        Assert.NotNull(report.Score);
        Assert.Contains(report.Notes, note => note.Contains("could not be saved"));
        Assert.DoesNotContain(report.Notes, note => note.Contains("disk full"));
    }

    [Fact]
    public async Task Run_StoreHangs_AnswersAfterThreeSeconds()
    {
        await using var world = await DiagnosisWorld.StartAsync();
        var saving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Reports.Before = cancellation =>
        {
            saving.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, world.Time, cancellation);
        };
        var running = world.RunAsync();
        await saving.Task;
        world.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains((await running).Value!.Notes, note => note.Contains("could not be saved"));
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

    private static async Task<List<FakeLink.Held>> HeldAsync(DiagnosisWorld world, int count)
    {
        var held = new List<FakeLink.Held>();
        while (held.Count < count)
            held.Add(await world.Link.NextHeldAsync());
        return held;
    }
}
