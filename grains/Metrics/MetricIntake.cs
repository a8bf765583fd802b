using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics;

/// <summary>Where an agent's batches go in: stored first, then told to whoever listens. Used by one grain.</summary>
/// <param name="context">Of the agent's grain.</param>
/// <param name="store">Where they are kept.</param>
/// <param name="tenant">The agent's.</param>
/// <param name="agent">Its name.</param>
public sealed class MetricIntake(GrainContext context, IMetricStore store, string tenant, string agent)
{
    private const int RetrySeconds = 5;

    /// <summary>When a batch was stored last; null: none since the grain was activated.</summary>
    public DateTimeOffset? LastAt { get; private set; }

    /// <summary>Why a part of the last batch was left out; null: nothing was.</summary>
    public Problem? LeftOut { get; private set; }

    /// <summary>
    /// Stores a batch; it is durable when this succeeds. A problem with <see cref="Problem.RetryAfterSeconds"/>: send it again then.
    /// Another one: never.
    /// </summary>
    public async Task<Outcome<MetricAppend>> TakeAsync(byte[] batch)
    {
        Outcome<MetricAppend> stored;
        try
        {
            stored = await store.AppendAsync(tenant, agent, batch, CancellationToken.None);
        }
        catch (UnavailableException)
        {
            return new Problem(ProblemCodes.Unavailable, "The centre can't store measurements just now. Keep them and send them again.")
            {
                RetryAfterSeconds = RetrySeconds,
            };
        }
        if (!stored.Ok)
            return stored.Problem;
        LastAt = context.Time.GetUtcNow();
        if (stored.Value.Duplicate)
            return stored;
        LeftOut = stored.Value.Refused;
        await context.Feeds.PublishAsync(
            MetricReport.Feed, GrainKeys.Join(tenant, agent), new FeedItem<MetricReport>(stored.Value.Number, new MetricReport(batch)));
        return stored;
    }
}
