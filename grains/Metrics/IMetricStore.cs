using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics;

/// <summary>Keeps what agents measure. Times are milliseconds since 1970-01-01 UTC. Safe for concurrent callers.</summary>
public interface IMetricStore
{
    /// <summary>
    /// Stores a batch (docs/formats/metric-batch.md); durable when it returns, and once however often it comes. A batch that breaks a rule
    /// is refused whole with <see cref="ProblemCodes.BatchInvalid"/>: sending it again wouldn't help.
    /// </summary>
    ValueTask<Outcome<MetricAppend>> AppendAsync(string tenant, string agent, ReadOnlyMemory<byte> batch, CancellationToken cancellation);

    /// <summary>
    /// The series a selector matches, by agent and then in no order. <see cref="ProblemCodes.InvalidArgument"/>: it matches more than
    /// <paramref name="limit"/>, or an expression in it is none.
    /// </summary>
    ValueTask<Outcome<List<StoredSeries>>> FindAsync(string tenant, SeriesSelector selector, int limit, CancellationToken cancellation);

    /// <summary>The newest sample of each series, in their order; null where none came in the last hours.</summary>
    ValueTask<List<Sample?>> LatestAsync(string tenant, IReadOnlyList<StoredSeries> series, CancellationToken cancellation);

    /// <summary>
    /// The newest samples of some metrics of all agents at once, those from <paramref name="since"/> on, in no order. Made for looking at a
    /// whole tenant again and again: no agent's samples are read for it that came before the store was opened.
    /// </summary>
    ValueTask<List<RecentSample>> ReadRecentAsync(
        string tenant, IReadOnlyCollection<string> metrics, long since, CancellationToken cancellation);

    /// <summary>
    /// Samples from <paramref name="from"/> until before <paramref name="to"/>, one list per series, in their order. Where the raw ones are
    /// past their retention, one per step of the finest roll-up there is: its last value, dated at the last millisecond of the step.
    /// </summary>
    ValueTask<List<SeriesSamples>> ReadSamplesAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, CancellationToken cancellation);

    /// <summary>
    /// Steps that begin from <paramref name="from"/> until before <paramref name="to"/>, one list per series, in their order; a step
    /// without samples is not there. Steps are counted from 1970. Old ones are as coarse as the roll-up that is left.
    /// </summary>
    /// <param name="step">Milliseconds, above 0.</param>
    ValueTask<List<List<MetricStep>>> ReadStepsAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, long step, CancellationToken cancellation);

    /// <summary>The newest snapshot of an agent's processes that is not newer than <paramref name="at"/>; null: there is none.</summary>
    ValueTask<ProcessTable?> ReadProcessesAsync(string tenant, string agent, long at, CancellationToken cancellation);

    ValueTask<MetricUsage> ReadUsageAsync(string tenant, CancellationToken cancellation);

    /// <summary>Changes retention and limits; <see cref="ProblemCodes.InvalidArgument"/> says what can't be.</summary>
    ValueTask<Outcome<Done>> SetPolicyAsync(string tenant, MetricPolicy policy, CancellationToken cancellation);

    /// <summary>Removes all of an agent's metrics. Batches that come later are stored as of a new agent.</summary>
    ValueTask DeleteAgentAsync(string tenant, string agent, CancellationToken cancellation);

    /// <summary>Removes all metrics of a tenant, and its policy.</summary>
    ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation);

    /// <summary>Reads everything and says what is damaged, one line each; none: all is whole.</summary>
    ValueTask<List<string>> CheckAsync(CancellationToken cancellation);
}
