using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Outrider.Silo.Embedded;

namespace Outrider.Silo.Standalone;

/// <summary>Shows what the grain host counts as metrics.</summary>
public sealed class GrainHostMeter
{
    public const string MeterName = "Outrider.Grains";

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public GrainHostMeter(EmbeddedHost host, IMeterFactory meters)
    {
        var (meter, counters) = (meters.Create(MeterName), host.Counters);
        meter.CreateObservableGauge("outrider.grains.active", () => host.ActiveGrains, "{grain}", "Grains in memory.");
        meter.CreateObservableCounter("outrider.grains.activations", () => counters.Activations, "{grain}", "Grains taken into memory.");
        meter.CreateObservableCounter("outrider.grains.deactivations", () => counters.Deactivations, "{grain}", "Grains dropped from memory.");
        meter.CreateObservableCounter(
            "outrider.grains.calls_refused", () => counters.MailboxRefusals, "{call}", "Calls refused because a mailbox was full.");
        meter.CreateObservableCounter(
            "outrider.grains.state_conflicts", () => counters.StateConflicts, "{save}", "Saves refused because the stored state was newer.");
        meter.CreateObservableCounter(
            "outrider.grains.feed_items_dropped", () => counters.FeedItemsDropped, "{item}", "Items that slow subscribers of feeds have lost.");
    }
}
