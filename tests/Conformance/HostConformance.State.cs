using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Conformance;

public abstract partial class HostConformance
{
    private ILedger Ledger => Host.Grains.Get<ILedger>(Key);

    [Fact]
    public async Task State_SavedThenCrash_IsThere()
    {
        await Ledger.AddAsync(40);
        Assert.Equal(42, await Ledger.AddAsync(2));
        await Host.CrashAsync();

        Assert.Equal(42, await SoonAsync(Ledger.TotalAsync()));
        Assert.True(await Ledger.ExistsAsync());
    }

    [Fact]
    public async Task State_NotSavedThenCrash_IsGone()
    {
        await Ledger.AddAsync(40);
        await Ledger.AddUnsavedAsync(2);
        Assert.Equal(42, await Ledger.TotalAsync());
        await Host.CrashAsync();

        Assert.Equal(40, await SoonAsync(Ledger.TotalAsync()));
    }

    [Fact]
    public async Task State_Idle_IsReadBeforeActivation()
    {
        await Ledger.AddAsync(7);
        await UntilIdleAsync();

        Assert.Equal(7, await SoonAsync(Ledger.TotalAsync()));
        Assert.Equal(["activated with 0", "deactivated Idle", "activated with 7"], Stage.Log.Events);
    }

    [Fact]
    public async Task State_NothingSaved_DoesNotExist()
    {
        Assert.False(await Ledger.ExistsAsync());
        Assert.Equal(0, await Ledger.TotalAsync());
    }

    [Fact]
    public async Task State_Cleared_StartsOver()
    {
        await Ledger.AddAsync(7);
        await Ledger.ClearAsync();
        Assert.False(await Ledger.ExistsAsync());
        Assert.Equal(0, await Ledger.TotalAsync());
        await Host.CrashAsync();

        Assert.False(await SoonAsync(Ledger.ExistsAsync()));
        Assert.Equal(3, await Ledger.AddAsync(3));
    }

    [Fact]
    public async Task State_TwoSavesAtOnceInOneTurn_BothSucceed()
    {
        await SoonAsync(Ledger.AddTwiceAsync(5));
        await Host.CrashAsync();

        Assert.Equal(10, await SoonAsync(Ledger.TotalAsync()));
    }

    [Fact]
    public async Task State_ChangedByAnother_RefusesTheSaveAndReadsAnew()
    {
        await Ledger.AddAsync(1);
        await Host.OverwriteStateAsync(GrainNames.Ledger, Key, new LedgerState { Total = 100 });

        var conflict = await Assert.ThrowsAnyAsync<Exception>(() => SoonAsync(Ledger.AddAsync(1)));

        Assert.Contains(Key, conflict.Message, StringComparison.Ordinal);
        Assert.Equal(101, await SoonAsync(Ledger.AddAsync(1)));
        Assert.Equal(1, Stage.Log.Count("deactivated StateConflict"));
        await Host.CrashAsync();
        Assert.Equal(101, await SoonAsync(Ledger.TotalAsync()));
    }

    [Fact]
    public async Task State_ChangedByAnother_RefusesTheClear()
    {
        await Ledger.AddAsync(1);
        await Host.OverwriteStateAsync(GrainNames.Ledger, Key, new LedgerState { Total = 100 });

        await Assert.ThrowsAnyAsync<Exception>(() => SoonAsync(Ledger.ClearAsync()));

        Assert.Equal(100, await SoonAsync(Ledger.TotalAsync()));
    }

    [Fact]
    public async Task State_ManyCallersAtOnce_LosesNoUpdate()
    {
        var callers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
                await Ledger.AddAsync(1);
        }));
        await SoonAsync(Task.WhenAll(callers));
        await Host.CrashAsync();

        Assert.Equal(400, await SoonAsync(Ledger.TotalAsync()));
    }

    [Fact]
    public async Task State_CrashAmidManySaves_KeepsEveryAcknowledgedOne()
    {
        var acknowledged = new long[20];
        var grains = acknowledged.Select((_, i) => Host.Grains.Get<ILedger>($"{Key}-{i}")).ToList();
        var writers = grains.Select((grain, i) => Task.Run(async () =>
        {
            while (true)
            {
                acknowledged[i] = await grain.AddAsync(1);
                Stage.Log.Record("saved");
            }
        })).ToList();
        await Stage.Log.UntilAsync("saved", times: 100);

        await Host.CrashAsync();
        // The references of before belong to the host that is gone.
        foreach (var writer in writers)
            await Assert.ThrowsAnyAsync<Exception>(() => SoonAsync(writer));

        for (var i = 0; i < acknowledged.Length; i++)
            Assert.InRange(await SoonAsync(Host.Grains.Get<ILedger>($"{Key}-{i}").TotalAsync()), acknowledged[i], acknowledged[i] + 1);
    }
}
