using System.Security.Cryptography;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Tasks;
using Outrider.Storage.Shared;
using Outrider.Testing;
using Outrider.Testing.MySql;
using Outrider.Testing.Time;

namespace Outrider.Tests.Conformance.Storage;

/// <summary><see cref="SharedTaskStore"/> on a server: also several nodes, and a server that is lost.</summary>
public abstract class SharedTaskStoreConformance(ISharedServer server) : TaskStoreConformance
{
    private readonly List<SharedTaskStore> _stores = [];
    private SharedPlace _place = null!;

    public sealed override async Task DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Save_TwoNodesTheSameTasks_EachRevisionIsTakenOnce()
    {
        var other = Open(_place.Open());
        var ids = Enumerable.Range(0, 20).Select(i => $"{i}").ToList();
        await AddAsync([.. ids.Select(id => Pending(id))]);
        var wins = new int[ids.Count];
        await Task.WhenAll(new[] { Store, other }.SelectMany(store => ids.Select(async (id, i) =>
        {
            for (var n = 0; n < 10; n++)
            {
                var read = (await store.ReadAsync(Tenant, id, default))!;
                try
                {
                    await store.SaveAsync(Tenant, read with { Revision = read.Revision + 1, CanceledBy = $"{store == other} {n}" }, read.Revision, default);
                    Interlocked.Increment(ref wins[i]);
                }
                catch (StateConflictException)
                {
                    // The other one was first.
                }
            }
        })));

        var revisions = await Task.WhenAll(ids.Select(id => Store.ReadAsync(Tenant, id, default).AsTask()));
        Assert.Equal(wins.Select(won => (long)won), revisions.Select(task => task!.Revision));
    }

    [Fact]
    public async Task SaveFanout_TwoNodesAddTheSameId_OneWins()
    {
        var other = Open(_place.Open());
        for (var n = 0; n < 20; n++)
        {
            var id = $"f{n}";
            var adds = new[] { Store, other }.Select(async (store, i) =>
            {
                try
                {
                    await store.SaveFanoutAsync(Tenant, Fanout(id) with { Begun = i }, null, default);
                    return i;
                }
                catch (StateConflictException)
                {
                    return -1;
                }
            });
            Assert.Equal(Assert.Single(await Task.WhenAll(adds), won => won >= 0), (await Store.ReadFanoutAsync(Tenant, id, default))!.Begun);
        }
    }

    [Fact]
    public async Task Save_AnswerLost_IsNoConflict()
    {
        await using var proxy = FaultyProxy.Start(server.Port, FaultyProxy.Fault.Cut);
        var store = Open(_place.Open(proxy: proxy));
        await store.AddAsync(Tenant, [Pending("a")], default);
        await store.SaveFanoutAsync(Tenant, Fanout("f"), null, default);
        // Wherever the connection is cut, the answer to COMMIT included.
        for (var (after, revision) = (0, 0L); after < 6; after++, revision++)
        {
            proxy.Arm(after);
            await store.SaveAsync(Tenant, Pending("a") with { Revision = revision + 1 }, revision, default);
            await store.SaveFanoutAsync(Tenant, Fanout("f") with { Revision = revision + 1 }, revision, default);
        }

        Assert.True(proxy.Faulted.IsCompletedSuccessfully);
        Assert.Equal(6, (await Store.ReadAsync(Tenant, "a", default))!.Revision);
        Assert.Equal(6, (await Store.ReadFanoutAsync(Tenant, "f", default))!.Revision);
    }

    [Fact]
    public async Task Add_OneThatTheDatabaseRefuses_FailsAlone()
    {
        // Longer than any key may be, and no text that compresses.
        var refused = Pending(RandomNumberGenerator.GetHexString(100_000));
        var adds = Enumerable.Range(0, 20).Select(i => AddAsync(i == 7 ? refused : Pending($"{i}"))).ToList();

        await Assert.ThrowsAnyAsync<UnavailableException>(() => adds[7]);
        await Task.WhenAll(adds.Where((_, i) => i != 7));
        Assert.Equal(19, (await ListAsync(new TaskQuery())).Count);
    }

    [Fact]
    public async Task ServerGone_IsSaidWhenTheTriesAreOver_AndEveryAcknowledgedOneIsThere()
    {
        var time = new FakeTime();
        var store = Open(_place.Open(time));
        await store.AddAsync(Tenant, [.. Enumerable.Range(0, 100).Select(i => Pending($"{i}"))], default);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => store.SaveAsync(Tenant, Pending($"{i}") with { Revision = 1 }, 0, default).AsTask()));
        await server.CrashAsync();
        try
        {
            var save = store.SaveAsync(Tenant, Pending("1") with { Revision = 2 }, 1, default).AsTask();
            while (await Task.WhenAny(save, time.UntilTimersWaitAsync(2)).WaitAsync(TestTimeouts.Default) != save)
                time.Advance(TimeSpan.FromMilliseconds(500));
            Assert.Contains("can't be reached", (await Assert.ThrowsAnyAsync<UnavailableException>(() => save)).Message);
        }
        finally
        {
            await server.StartAgainAsync();
        }
        await store.SaveLogAsync(Tenant, "1", 1, [Chunk(0, "after")], [], default);
        Assert.All(await store.ListAsync(Tenant, new TaskQuery(Status: TaskStatuses.Pending), null, 200, default), task => Assert.Equal(1, task.Revision));
    }

    [Fact]
    public async Task Dispose_WithSavesWaiting_WritesThem()
    {
        await AddAsync([.. Enumerable.Range(0, 1_000).Select(i => Pending($"{i}"))]);
        var store = Open(_place.Open());
        var saves = Enumerable.Range(0, 1_000).Select(i => store.SaveAsync(Tenant, Ended($"{i}", At) with { Revision = 1 }, 0, default).AsTask()).ToList();
        await store.DisposeAsync();

        await Task.WhenAll(saves);
        Assert.Equal(1_000, (await Store.ListAsync(Tenant, new TaskQuery(Status: TaskStatuses.Success), null, 2_000, default)).Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.AddAsync(Tenant, [Pending("late")], default).AsTask());
    }

    protected sealed override async Task<ITaskStore> OpenAsync()
    {
        _place = await SharedPlace.CreateAsync(server, SharedTaskStore.Schema(server.Dialect));
        return Open(_place.Open());
    }

    protected sealed override Task<ITaskStore> ReopenAsync() => Task.FromResult<ITaskStore>(Open(_place.Open()));

    private SharedTaskStore Open(SharedDatabase database)
    {
        var store = new SharedTaskStore(database);
        _stores.Add(store);
        return store;
    }
}
