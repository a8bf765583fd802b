using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Outrider.Api.Health;
using Outrider.Storage.Metrics;

namespace Outrider.Silo.Hosting;

/// <summary>Shows the operator how the metric store is: as metrics, in the log, and in the readiness.</summary>
internal sealed partial class MetricStoreWatch : IReadinessCheck
{
    public const string MeterName = "Outrider.Metrics";

    private readonly MetricStore _store;
    private readonly ILogger<MetricStoreWatch> _log;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public MetricStoreWatch(MetricStore store, IMeterFactory meters, ILogger<MetricStoreWatch> log)
    {
        (_store, _log) = (store, log);
        store.Faulted += MaintenanceFailed;
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("outrider.metrics.agents", () => store.Totals.Agents, "{agent}", "Agents that have metrics.");
        meter.CreateObservableGauge("outrider.metrics.series", () => store.Totals.Series, "{series}", "Series of all tenants.");
        meter.CreateObservableCounter("outrider.metrics.samples", () => store.Totals.Stored, "{sample}", "Samples stored.");
        meter.CreateObservableCounter(
            "outrider.metrics.samples_refused", Refused, "{sample}", "Samples left out, by reason: series_limit, or time (too old, too far ahead).");
        meter.CreateObservableGauge(
            "outrider.metrics.maintenance_failing", () => store.Fault is null ? 0 : 1, "", "1 while a part of the store's maintenance fails.");
    }

    public string Name => "metrics";

    /// <summary>What is measured is stored all the same while maintenance fails; but the store grows, and answers more slowly.</summary>
    public Task<ReadinessResult> CheckAsync(CancellationToken cancellation) => Task.FromResult(_store.Fault is null
        ? new ReadinessResult(Name, ReadinessStatus.Ok, null)
        : new ReadinessResult(Name, ReadinessStatus.Warning, "a part of the store's maintenance fails; the log says why"));

    private IEnumerable<Measurement<long>> Refused()
    {
        var totals = _store.Totals;
        yield return new Measurement<long>(totals.RefusedBySeriesLimit, new KeyValuePair<string, object?>("reason", "series_limit"));
        yield return new Measurement<long>(totals.RefusedByTime, new KeyValuePair<string, object?>("reason", "time"));
    }

    [LoggerMessage(3000, LogLevel.Error, "Maintenance of the metric store failed in part and is tried again: {Reason}")]
    private partial void MaintenanceFailed(string reason);
}
