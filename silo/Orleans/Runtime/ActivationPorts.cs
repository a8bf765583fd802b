using Orleans.Runtime.Placement;
using Outrider.Grains.Runtime;
using Outrider.Silo.Orleans.Feeds;

namespace Outrider.Silo.Orleans.Runtime;

/// <summary>The ports of one activation, over what Orleans gives it.</summary>
public sealed class ActivationPorts
{
    private readonly ILogger _log;
    private readonly ActivationFeeds _feeds;
    private Grains.Runtime.DeactivationReason? _reason;

    public ActivationPorts(IGrainContext orleans, IGrains grains, IObservers observers, FeedPost feeds, SiloPorts silo)
    {
        Orleans = orleans;
        _log = silo.Log;
        _feeds = new ActivationFeeds(feeds, orleans, silo.Timers);
        Context = new GrainContext
        {
            Key = orleans.GrainId.Key.ToString()!,
            Grains = grains,
            Observers = observers,
            Timers = new ActivationTimers(orleans, silo.Timers, silo.Log),
            Reminders = new ActivationReminders(orleans, silo.Reminders),
            Feeds = _feeds,
            Time = silo.Time,
            Deactivate = () => End(Grains.Runtime.DeactivationReason.Requested),
        };
    }

    /// <summary>The activation as Orleans knows it.</summary>
    public IGrainContext Orleans { get; }

    /// <summary>What the plain grain is made with.</summary>
    public GrainContext Context { get; }

    /// <summary>The grain's state; Orleans has read it before the grain activates.</summary>
    public Outrider.Grains.Runtime.IGrainState<T> State<T>(IPersistentState<T> state) where T : class, new() => new ActivationState<T>(this, state);

    /// <summary>Moves the activation to that silo once the running turn is over, unless it is there.</summary>
    internal void MoveTo(SiloAddress silo)
    {
        if (Orleans.Address.SiloAddress?.Equals(silo) == true)
            return;
        Orleans.Migrate(new Dictionary<string, object> { [IPlacementDirector.PlacementHintKey] = silo });
    }

    /// <summary>Asks Orleans to end this activation once the running turn is over.</summary>
    internal void End(Grains.Runtime.DeactivationReason reason)
    {
        _reason ??= reason;
        Orleans.Deactivate(new(DeactivationReasonCode.ApplicationRequested, reason.ToString()));
    }

    /// <summary>Runs the plain grain's hook and ends its subscriptions.</summary>
    internal async Task DeactivateAsync(Grains.Runtime.Grain grain, global::Orleans.DeactivationReason reason, CancellationToken cancellation)
    {
        await _feeds.EndAsync();
        try
        {
            await grain.OnDeactivateAsync(_reason ?? Translate(reason.ReasonCode), cancellation);
        }
        catch (Exception e)
        {
            _log.LogError(e, "The deactivation hook of {Grain} has failed", Orleans.GrainId);
        }
    }

    private static Grains.Runtime.DeactivationReason Translate(DeactivationReasonCode code) => code switch
    {
        DeactivationReasonCode.ActivationIdle => Grains.Runtime.DeactivationReason.Idle,
        DeactivationReasonCode.ShuttingDown => Grains.Runtime.DeactivationReason.Shutdown,
        _ => Grains.Runtime.DeactivationReason.Requested,
    };
}
