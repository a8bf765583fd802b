using Outrider.Grains.Alerts;
using Outrider.Storage;
using Outrider.Storage.Shared;
using Outrider.Testing.MySql;

namespace Outrider.Tests.Conformance.Storage;

/// <summary><see cref="SharedAlertStore"/> on a server: also several nodes, and a server that is lost.</summary>
public abstract class SharedAlertStoreConformance(ISharedServer server) : AlertStoreConformance
{
    private readonly List<SharedAlertStore> _stores = [];
    private SharedPlace _place = null!;

    public sealed override async Task DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task SaveAndUpdate_TwoNodesTheSameRows_NoneWaitsForever()
    {
        var other = Open(_place.Open());
        var alerts = Enumerable.Range(0, 20).Select(i => Firing($"{i}")).ToList();
        var told = alerts.ConvertAll(alert => Told(alert));
        await Task.WhenAll(Enumerable.Range(0, 100).SelectMany(i => new[]
        {
            Store.SaveAsync(Tenant, alerts, told, default).AsTask(),
            other.SaveAsync(Tenant, [.. Enumerable.Reverse(alerts)], [.. Enumerable.Reverse(told)], default).AsTask(),
            Store.UpdateAsync(Tenant, told.ConvertAll(one => one with { Attempts = i }), default).AsTask(),
            other.UpdateAsync(Tenant, [.. Enumerable.Reverse(told)], default).AsTask(),
        }));

        Assert.Equal(20, (await ListAsync()).Count);
        Assert.Equal(20, await other.CountOutboxAsync(Tenant, "ops", default));
    }

    [Fact]
    public async Task Save_AnswerLost_IsThereOnce()
    {
        await using var proxy = FaultyProxy.Start(server.Port, FaultyProxy.Fault.Cut);
        var store = Open(_place.Open(proxy: proxy));
        await store.SaveAsync(Tenant, [Firing("a")], [Told(Firing("a"))], default);
        proxy.Arm(0);
        await store.SaveAsync(Tenant, [Firing("b")], [Told(Firing("b"))], default);

        Assert.True(proxy.Faulted.IsCompletedSuccessfully);
        Assert.Equal(["a", "b"], (await ListAsync()).Select(alert => alert.Id));
        Assert.Equal(2, await Store.CountOutboxAsync(Tenant, "ops", default));
    }

    [Fact]
    public async Task Save_OneThatTheDatabaseRefuses_FailsAlone()
    {
        // Longer than any key may be, and no text that compresses.
        var refused = Told(Firing("refused")) with { Id = System.Security.Cryptography.RandomNumberGenerator.GetHexString(100_000) };
        var saves = Enumerable.Range(0, 20).Select(i => SaveAsync([Firing($"{i}")], i == 7 ? refused : Told(Firing($"{i}")))).ToList();

        await Assert.ThrowsAsync<StorageException>(() => saves[7]);
        await Task.WhenAll(saves.Where((_, i) => i != 7));
        Assert.Equal(19, (await ListAsync()).Count);
        Assert.Null(await Store.ReadAsync(Tenant, "7", default));
        Assert.Equal(19, await Store.CountOutboxAsync(Tenant, "ops", default));
    }

    [Fact]
    public async Task Save_AfterTheServerCrashed_EveryAcknowledgedOneIsThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => SaveAsync([Firing($"{i}")], Told(Firing($"{i}")))));
        await server.CrashAsync();
        await server.StartAgainAsync();

        Assert.Equal(100, (await ListAsync(limit: 200)).Count);
        Assert.Equal(100, await Store.CountOutboxAsync(Tenant, "ops", default));
    }

    [Fact]
    public async Task Dispose_WithSavesWaiting_WritesThem()
    {
        var store = Open(_place.Open());
        var saves = Enumerable.Range(0, 1_000).Select(i => store.SaveAsync(Tenant, [Firing($"{i}")], [], default).AsTask()).ToList();
        await store.DisposeAsync();

        await Task.WhenAll(saves);
        Assert.Equal(1_000, (await ListAsync(limit: 2_000)).Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SaveAsync(Tenant, [Firing("late")], [], default).AsTask());
    }

    protected sealed override async Task<IAlertStore> OpenAsync()
    {
        _place = await SharedPlace.CreateAsync(server, SharedAlertStore.Schema(server.Dialect));
        return Open(_place.Open());
    }

    protected sealed override Task<IAlertStore> ReopenAsync() => Task.FromResult<IAlertStore>(Open(_place.Open()));

    protected sealed override Task BreakOutboxAsync() =>
        _place.Open().RunAsync(session => session.ExecuteAsync("ALTER TABLE outrider_notification RENAME TO elsewhere"), default);

    private SharedAlertStore Open(SharedDatabase database)
    {
        var store = new SharedAlertStore(database);
        _stores.Add(store);
        return store;
    }
}
