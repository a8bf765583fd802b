using Outrider.Testing;

namespace Outrider.Tests.Conformance;

/// <summary>
/// What every host of grains must do, as tests. A host is put under them by deriving from this class. Files: Turns, Calls, State,
/// Clocks, Feeds, Observers.
/// </summary>
public abstract partial class HostConformance : IAsyncLifetime
{
    private static int s_lastKey;

    protected IHostFixture Host { get; private set; } = null!;

    /// <summary>A key that no other test uses.</summary>
    protected string Key { get; } = $"tenant/{Interlocked.Increment(ref s_lastKey)}";

    protected Stage Stage => Stage.Of(Key);

    public async Task InitializeAsync() => Host = await StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>Starts a host on an empty store.</summary>
    protected abstract Task<IHostFixture> StartAsync();

    /// <summary>Lets the grain go out of memory; again and again, because it isn't idle until its last turn is over.</summary>
    private async Task UntilIdleAsync()
    {
        var ended = Stage.Log.UntilAsync("deactivated Idle");
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        do
            await Host.LetIdleAsync();
        while (await Task.WhenAny(ended, pause.WaitForNextTickAsync().AsTask()) != ended);
        await ended;
    }

    /// <summary>A little more than a time that the host may take a second longer for.</summary>
    private static TimeSpan Past(TimeSpan time) => time + TimeSpan.FromSeconds(2);

    private static Task<T> SoonAsync<T>(Task<T> task) => task.WaitAsync(TestTimeouts.Default);

    private static Task SoonAsync(Task task) => task.WaitAsync(TestTimeouts.Default);
}
