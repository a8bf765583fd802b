using Outrider.Testing.Cluster;
using Outrider.Tests.Cluster.Process;
using Xunit.Abstractions;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>
/// What breaks while agents and callers are at work: nothing acknowledged is lost, nothing runs twice, and all is well again. The figures
/// go to artifacts/fault-figures.md; docs/operations.md has those of one run.
/// </summary>
[Collection(SiloProcessGroup.Name)]
[Trait("Category", "Long")]
public sealed class FaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_halfMinute = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_minute = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_OneThenTheFullestThenTwo_NothingIsLostOrRunTwice()
    {
        await using var run = await FaultRun.StartAsync(output);
        var silos = run.Stack.Silos;

        await KillAsync(run, "kill -9 of one silo of three", [silos[0]]);
        await KillAsync(run, "kill -9 of the silo with most links", [await run.FullestAsync()]);
        await KillAsync(run, "kill -9 of two silos at once", [silos[1], silos[2]]);

        await run.VerifyAsync();
    }

    [Fact]
    public async Task Database_AwayForHalfAMinute_NothingIsLostOrRunTwice()
    {
        await using var run = await FaultRun.StartAsync(output);

        await run.StrikeAsync("database stopped for 30 s", run.Stack.Database.CrashAsync, hold: s_halfMinute, heal: run.Stack.Database.StartAgainAsync);

        await run.VerifyAsync();
    }

    [Fact]
    public async Task Pause_OneForAMinute_NothingIsLostOrRunTwice()
    {
        await using var run = await FaultRun.StartAsync(output);
        var paused = await run.FullestAsync();

        await run.StrikeAsync("silo with most links paused for 60 s", paused.PauseAsync, Others(run, paused), s_minute, async () =>
            {
                await paused.ResumeAsync();
                await AllReadyAsync(run);
            });

        await run.VerifyAsync();
    }

    [NetworkFact]
    public async Task Split_OneFromTheOthersAndTheDatabase_NothingIsLostOrRunTwice()
    {
        await using var network = await SiloNetwork.CreateAsync(3);
        await using var run = await FaultRun.StartAsync(output, network);
        var cut = await run.FullestAsync();

        await run.StrikeAsync("network split: one silo without the others and the database for 60 s",
            () => network.SplitAsync(cut.Index), Others(run, cut), s_minute, async () =>
            {
                await network.MendAsync(cut.Index);
                await AllReadyAsync(run);
            });

        await run.VerifyAsync();
    }

    [Fact]
    public async Task ColdStart_AllKilledAndOneNeverComesBack_NothingIsLostOrRunTwice()
    {
        await using var run = await FaultRun.StartAsync(output);
        var silos = run.Stack.Silos;

        await run.StrikeAsync("kill -9 of all three, two started again at once, one never", async () =>
        {
            await Task.WhenAll(silos.Select(silo => silo.KillAsync()));
            silos[0].Start(supervised: true);
            silos[1].Start(supervised: true);
        });

        await run.VerifyAsync();
    }

    private static List<SiloProcess> Others(FaultRun run, params SiloProcess[] broken) => [.. run.Stack.Silos.Except(broken)];

    private static async Task KillAsync(FaultRun run, string what, SiloProcess[] killed)
    {
        await run.StrikeAsync(what, () => Task.WhenAll(killed.Select(silo => silo.KillAsync())), Others(run, killed));
        foreach (var silo in killed)
            silo.Start(supervised: true);
        await AllReadyAsync(run);
    }

    /// <summary>Those that ended have been started again and are members.</summary>
    private static Task AllReadyAsync(FaultRun run) => Task.WhenAll(run.Stack.Silos.Select(silo => silo.ReadyAsync(run.Stack.Silos.Count)));
}
