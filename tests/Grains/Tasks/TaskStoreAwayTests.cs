using Outrider.Protocol.Outcomes;
using static Outrider.Tests.Grains.Tasks.TaskWorld;

namespace Outrider.Tests.Grains.Tasks;

/// <summary>What becomes of a task while the store is away.</summary>
public sealed class TaskStoreAwayTests : IAsyncLifetime
{
    private TaskWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Create_StoreAway_IsNotThereUntilItIsSaved()
    {
        var link = await _world.LinkAsync("a");
        _world.Store.BeforeWrite = () => throw new TimeoutException("The store is away.");
        await Assert.ThrowsAsync<TimeoutException>(() => _world.Task("t1").CreateAsync(Request("a")));
        Assert.Equal(ProblemCodes.TaskNotFound, (await _world.Task("t1").GetAsync()).Problem?.Code);
        Assert.True(link.IsQuiet);

        _world.Store.BeforeWrite = null;
        Assert.True((await _world.Task("t1").CreateAsync(Request("a"))).Ok);
        Assert.NotNull(await _world.Store.ReadAsync(Tenant, "t1", CancellationToken.None));
        Assert.Equal("t1", (await link.NextAsync()).Create!.TaskId);
    }

    [Fact]
    public async Task Delete_StoreAway_IsThereUntilItIsGone()
    {
        await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").CompleteAsync("a", End("t1"));
        _world.Store.BeforeWrite = () => throw new TimeoutException("The store is away.");
        await Assert.ThrowsAsync<TimeoutException>(() => _world.Task("t1").DeleteAsync("k", force: false));

        _world.Store.BeforeWrite = null;
        Assert.True((await _world.Task("t1").DeleteAsync("k", force: false)).Ok);
        Assert.Null(await _world.Store.ReadAsync(Tenant, "t1", CancellationToken.None));
    }
}
