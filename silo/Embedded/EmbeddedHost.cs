using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Activations;
using Outrider.Silo.Embedded.Feeds;
using Outrider.Silo.Embedded.Observers;
using Outrider.Silo.Embedded.Reminders;
using Outrider.Storage.State;

namespace Outrider.Silo.Embedded;

/// <summary>Runs grains in this process, over a state store. Not distributed: one host per store.</summary>
/// <remarks>docs/adr/0001-plain-grains-on-two-hosts.md says how and why.</remarks>
public sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly FrozenDictionary<Type, GrainKind> _kinds;
    private readonly HostObservers _observers;
    private readonly long _madeAt;
    private readonly int _callSweeps;
    private ITimer? _sweeper;
    private int _sweeping;
    private int _now;
    private volatile bool _down;
    private int _stopping;

    public EmbeddedHost(GrainRegistry registry, IStateStore states, IReminderStore reminders, EmbeddedHostOptions options)
    {
        Options = options;
        States = states;
        _callSweeps = Sweeps(options.CallDeadline);
        IdleSweeps = Sweeps(options.IdleAfter);
        _madeAt = options.Time.GetTimestamp();
        _kinds = registry.Registrations.ToFrozenDictionary(r => r.Contract, r => new GrainKind(this, r));
        _observers = new HostObservers(this);
        Grains = new HostGrains(_kinds);
        Feeds = new HostFeeds(this);
        Reminders = new ReminderService(this, reminders);
    }

    /// <summary>References to grains, from anywhere.</summary>
    public IGrains Grains { get; }

    /// <summary>Feeds for code that is no grain; its items run on the thread pool.</summary>
    public IFeeds Feeds { get; }

    public IObservers Observers => _observers;

    public HostCounters Counters { get; } = new();

    /// <summary>How many grains are in memory.</summary>
    public int ActiveGrains => _kinds.Values.Sum(kind => kind.Count);

    internal EmbeddedHostOptions Options { get; }

    internal ILogger Log => Options.Log;

    internal IStateStore States { get; }

    internal FeedHub FeedHub { get; } = new();

    internal ReminderService Reminders { get; }

    /// <summary>How many sweep periods this host is old: the coarse clock of deadlines, which costs a call nothing.</summary>
    internal int Now => Volatile.Read(ref _now);

    /// <summary>The idle time in sweeps.</summary>
    internal int IdleSweeps { get; }

    /// <summary>It takes no calls any more.</summary>
    internal bool IsDown => _down;

    /// <summary>Takes up the reminders and the clock. Calls may be made when this has returned.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        _sweeper = Options.Time.CreateTimer(static host => ((EmbeddedHost)host!).Sweep(), this, Options.SweepPeriod, Options.SweepPeriod);
        await Reminders.StartAsync(cancellation);
    }

    /// <summary>Lets running turns end, runs the deactivation hooks, and drops what takes longer than the grace.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 1)
            return;
        Reminders.Dispose();
        using var grace = new CancellationTokenSource(Options.ShutdownGrace, Options.Time);
        try
        {
            // Again and again, because hooks may call other grains.
            while (ActiveGrains > 0)
                await Task.WhenAll(_kinds.Values.SelectMany(k => k.Activations).Select(EndAsync)).WaitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            Log.LogWarning("{Count} grains did not end within {Grace}; they are dropped.", ActiveGrains, Options.ShutdownGrace);
        }
        Abandon();
    }

    /// <summary>Drops everything at once, without hooks or saves, as a crash would. For tests; <see cref="StopAsync"/> is the way to stop.</summary>
    public void Abandon()
    {
        _down = true;
        _stopping = 1;
        _sweeper?.Dispose();
        Reminders.Dispose();
        foreach (var activation in _kinds.Values.SelectMany(kind => kind.Activations))
            activation.Abandon();
        foreach (var target in _observers.Targets)
            target.Abandon();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    internal GrainKind? FindKind(string name) => _kinds.Values.FirstOrDefault(kind => kind.Name == name);

    internal static HostStoppedException Stopped() => new("This host has stopped. Call again when it is back.");

    /// <summary>One pass over everything that may be overdue or idle. Passes never overlap.</summary>
    internal void Sweep()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
            return;
        try
        {
            // Rounded: a timer may come a little early or late.
            _now = (int)Math.Round(Options.Time.GetElapsedTime(_madeAt) / Options.SweepPeriod);
            foreach (var activation in _kinds.Values.SelectMany(kind => kind.Activations))
                activation.Sweep(_now);
            foreach (var target in _observers.Targets)
                target.Sweep(_now);
        }
        catch (Exception e)
        {
            Log.LogError(e, "A sweep has failed; the next one follows.");
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }

    /// <summary>Sweeps until a call is overdue: by its method's own deadline, else by the host's.</summary>
    internal int CallSweeps(TimeSpan? deadline = null) => deadline is { } own ? Sweeps(own) : _callSweeps;

    private static Task EndAsync(Activation activation)
    {
        var turn = new DeactivationTurn(activation, DeactivationReason.Shutdown);
        return activation.Add(turn, bounded: false) is Mailbox.Admission.Closed ? Task.CompletedTask : turn.Ended;
    }

    /// <summary>A time in sweeps, rounded up, and one more: the sweep before now may be almost a period ago.</summary>
    private int Sweeps(TimeSpan time) => (int)Math.Ceiling(time / Options.SweepPeriod) + 1;
}
