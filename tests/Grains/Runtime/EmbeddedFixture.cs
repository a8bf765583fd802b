using System.Text.Json;
using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded;
using Outrider.Storage.State;
using Outrider.Testing.Hosting;
using Outrider.Testing.Time;
using Outrider.Tests.Conformance;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Grains.Runtime;

/// <summary>The embedded host under the conformance suite.</summary>
internal sealed class EmbeddedFixture(TestHost host, IAsyncDisposable? store) : IHostFixture
{
    private static readonly EmbeddedHostOptions s_defaults = new();

    public IGrains Grains => host.Host.Grains;

    public IFeeds Feeds => host.Host.Feeds;

    public IObservers Observers => host.Host.Observers;

    public TimeSpan CallDeadline => s_defaults.CallDeadline;

    public static async Task<EmbeddedFixture> StartAsync(IStateStore states, IReminderStore reminders, IAsyncDisposable? store = null)
    {
        var host = new TestHost(Registry(), new FakeTime(), states, reminders);
        await host.StartAsync();
        return new EmbeddedFixture(host, store);
    }

    public static GrainRegistry Registry() => new GrainRegistry()
        .Add<IWorker>(GrainNames.Worker, a => new Worker(a.Context))
        .Add<ILedger>(GrainNames.Ledger, a => new Ledger(a.Context, a.State<LedgerState>()))
        .Add<IClockwork>(GrainNames.Clockwork, a => new Clockwork(a.Context))
        .Add<IReader>(GrainNames.Reader, a => new Reader(a.Context))
        .Add<ICaller>(GrainNames.Caller, a => new Caller(a.Context));

    public Task AdvanceAsync(TimeSpan by)
    {
        host.Time.Advance(by);
        return Task.CompletedTask;
    }

    public Task LetIdleAsync() => AdvanceAsync(s_defaults.IdleAfter + 2 * s_defaults.SweepPeriod);

    public Task CrashAsync() => host.CrashAsync();

    public Task RestartAsync() => host.RestartAsync();

    public async Task OverwriteStateAsync<T>(string grain, string key, T state) where T : class
    {
        var stored = await host.States.ReadAsync(grain, key, CancellationToken.None);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(state, StateJson.Options);
        Assert.NotNull(await host.States.WriteAsync(grain, key, bytes, stored?.Etag, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        if (store is not null)
            await store.DisposeAsync();
    }
}
