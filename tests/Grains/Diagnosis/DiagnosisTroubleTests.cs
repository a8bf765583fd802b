using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Grains.Diagnosis;

/// <summary>What callers get when the agent, its database, the quota or the store lets a run down.</summary>
public sealed class DiagnosisTroubleTests
{
    private const string Backends = "SHOW BACKENDS";

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

    private static async Task<List<FakeLink.Held>> HeldAsync(DiagnosisWorld world, int count)
    {
        var held = new List<FakeLink.Held>();
        while (held.Count < count)
            held.Add(await world.Link.NextHeldAsync());
        return held;
    }
}
