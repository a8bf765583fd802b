using Outrider.Silo.Embedded;
using Outrider.Storage.InMemory;
using Outrider.Storage.State;
using Outrider.Testing.Time;

namespace Outrider.Testing.Hosting;

/// <summary>An embedded host with a fake clock over a store in memory, for tests of grains.</summary>
public sealed class TestHost(GrainRegistry registry, FakeTime time, IStateStore states, IReminderStore reminders) : IAsyncDisposable
{
    private EmbeddedHostOptions _options = new() { Time = time };

    /// <summary>The host that runs now; another one after <see cref="CrashAsync"/> or <see cref="RestartAsync"/>.</summary>
    public EmbeddedHost Host { get; private set; } = null!;

    public FakeTime Time => time;

    public IStateStore States => states;

    /// <summary>Starts a host.</summary>
    /// <param name="change">Changes its options.</param>
    public static async Task<TestHost> StartAsync(
        GrainRegistry registry, FakeTime? time = null, Func<EmbeddedHostOptions, EmbeddedHostOptions>? change = null)
    {
        var host = new TestHost(registry, time ?? new FakeTime(), new InMemoryStateStore(), new InMemoryReminderStore());
        host._options = change?.Invoke(host._options) ?? host._options;
        await host.StartAsync();
        return host;
    }

    /// <summary>Starts over a store that the test has made itself.</summary>
    public async Task StartAsync()
    {
        Host = new EmbeddedHost(registry, states, reminders, _options);
        await Host.StartAsync();
    }

    /// <summary>Drops everything in memory, as <c>kill -9</c> would, and starts again on the same store.</summary>
    public async Task CrashAsync()
    {
        Host.Abandon();
        await StartAsync();
    }

    /// <summary>Stops in order, deactivation hooks and all, and starts again on the same store.</summary>
    public async Task RestartAsync()
    {
        await Host.StopAsync();
        await StartAsync();
    }

    /// <summary>Lets time pass until no grain is active.</summary>
    public async Task UntilIdleAsync()
    {
        using var limit = new CancellationTokenSource(TestTimeouts.Default);
        while (Host.ActiveGrains > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
