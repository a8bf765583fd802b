using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using Outrider.Grains.Runtime;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;
using Outrider.Testing.Time;
using Outrider.Tests.Cluster.Conformance.Bindings;
using Outrider.Tests.Conformance;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance;

/// <summary>
/// Three silos under the conformance suite. The clock of grains and reminders is the test's; that of membership and messaging is the real one.
/// </summary>
internal sealed class OrleansFixture : IHostFixture
{
    private readonly FakeTime _time = new();
    private readonly MemoryStorage _storage = new();
    private readonly MemoryReminders _reminders = new();
    private InProcessTestCluster _cluster;

    private OrleansFixture() => _cluster = Build();

    public IGrains Grains => Service<IGrains>();

    public IFeeds Feeds => Service<IFeeds>();

    public IObservers Observers => Service<IObservers>();

    public TimeSpan CallDeadline { get; } = new CallOptions().Deadline;

    public static async Task<OrleansFixture> StartAsync()
    {
        var fixture = new OrleansFixture();
        await fixture._cluster.DeployAsync();
        return fixture;
    }

    public Task AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by + LateTime.Late);
        return Task.CompletedTask;
    }

    /// <summary>Orleans counts idle time by a stopwatch of its own, so what is idle now is collected instead.</summary>
    public Task LetIdleAsync() => Service<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.FromMilliseconds(1));

    public async Task CrashAsync()
    {
        foreach (var silo in _cluster.Silos.ToList())
            await _cluster.KillSiloAsync(silo);
        await StartAgainAsync();
    }

    public async Task RestartAsync()
    {
        await _cluster.StopAllSilosAsync();
        await StartAgainAsync();
    }

    public async Task OverwriteStateAsync<T>(string grain, string key, T state) where T : class
    {
        var id = GrainId.Create(grain, key);
        var row = new Orleans.GrainState<T>(state);
        await _storage.ReadStateAsync("state", id, row);
        row.State = state;
        await _storage.WriteStateAsync("state", id, row);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    private async Task StartAgainAsync()
    {
        await _cluster.DisposeAsync();
        _cluster = Build();
        await _cluster.DeployAsync();
    }

    private T Service<T>() where T : notnull => _cluster.GetSiloServiceProvider(_cluster.Silos[0].SiloAddress).GetRequiredService<T>();

    private InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.Options.InitializeClientOnDeploy = false;
        builder.ConfigureSilo((_, silo) => Configure(silo));
        return builder.Build();
    }

    private void Configure(ISiloBuilder silo)
    {
        silo.AddPlainGrains(Contracts(), new CallOptions { Time = _time });
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable>(_reminders);
        silo.Services.AddKeyedSingleton<IGrainStorage>("Default", _storage);
        silo.Services.AddSingleton<IGrainStorage>(_storage);
        silo.Services.AddKeyedSingleton<TimeProvider>("Orleans.Grains", _time);
        silo.Services.AddKeyedSingleton<TimeProvider>("Orleans.Reminders", new LateTime(_time));
    }

    private static ContractBindings Contracts() => new ContractBindings()
        .Grain<IWorker, IWorkerGrain>()
        .Grain<ILedger, ILedgerGrain>()
        .Grain<IClockwork, IClockworkGrain>()
        .Grain<IReader, IReaderGrain>()
        .Grain<ICaller, ICallerGrain>()
        .Observer<IListener, IListenerObserver>(listeners => new ListenerObserver(listeners), (holder, listener) => new ListenerReference(holder, listener));
}
