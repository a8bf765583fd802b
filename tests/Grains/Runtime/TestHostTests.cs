using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded;
using Outrider.Testing.Hosting;

namespace Outrider.Tests.Grains.Runtime;

public sealed class TestHostTests
{
    public interface ICounter : IGrain
    {
        Task<int> AddAsync(int amount);
        ValueTask<int> ReadAsync(CancellationToken cancellation);
    }

    public sealed class CounterState
    {
        public int Total { get; set; }
    }

    private sealed class Counter(GrainContext context, IGrainState<CounterState> state) : Grain(context), ICounter
    {
        public async Task<int> AddAsync(int amount)
        {
            state.Value.Total += amount;
            await state.SaveAsync();
            return state.Value.Total;
        }

        public ValueTask<int> ReadAsync(CancellationToken cancellation) => new(state.Value.Total);
    }

    [Fact]
    public async Task Crash_AfterSave_KeepsState()
    {
        var registry = new GrainRegistry().Add<ICounter>("counter", a => new Counter(a.Context, a.State<CounterState>()));
        await using var host = await TestHost.StartAsync(registry);

        Assert.Equal(2, await host.Host.Grains.Get<ICounter>("t/a").AddAsync(2));
        Assert.Equal(5, await host.Host.Grains.Get<ICounter>("t/a").AddAsync(3));
        await host.CrashAsync();

        Assert.Equal(5, await host.Host.Grains.Get<ICounter>("t/a").ReadAsync(default));
        Assert.Equal(1, host.Host.ActiveGrains);
    }

    [Fact]
    public async Task Restart_AfterSave_KeepsState()
    {
        var registry = new GrainRegistry().Add<ICounter>("counter", a => new Counter(a.Context, a.State<CounterState>()));
        await using var host = await TestHost.StartAsync(registry);

        await host.Host.Grains.Get<ICounter>("t/a").AddAsync(2);
        var before = host.Host;
        await host.RestartAsync();

        Assert.Equal(0, before.ActiveGrains);
        Assert.Equal(2, await host.Host.Grains.Get<ICounter>("t/a").ReadAsync(default));
    }
}
