using Outrider.Grains.Metrics.PromQl;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics;

/// <summary>Evaluates PromQL on what the store holds of a tenant.</summary>
public sealed class PromQlEngine(IMetricStore store)
{
    /// <summary>About how many samples are taken from the store at once.</summary>
    private const long SamplesAtOnce = 1_000_000;

    /// <summary>Milliseconds between samples, where agents report as by default.</summary>
    private const long UsualInterval = 10_000;

    private const int MaxSeriesAtOnce = 512;

    /// <summary>
    /// <see cref="ProblemCodes.InvalidArgument"/>: a selector matches too many series. <see cref="ProblemCodes.QueryFailed"/>: it is too
    /// large in all, or the data doesn't allow it.
    /// </summary>
    public async Task<Outcome<QueryValue>> EvaluateAsync(
        string tenant, Expression expression, QuerySteps steps, CancellationToken cancellation)
    {
        var plan = new QueryPlan(expression, steps);
        var mostSamples = expression.Kind == ExpressionKind.RangeVector ? QueryLimits.Points : QueryLimits.Samples;
        long points = 0, samples = 0;
        foreach (var read in plan.Reads)
        {
            var found = await store.FindAsync(tenant, read.Selector, QueryLimits.Series, cancellation);
            if (!found.Ok)
                return found.Problem;
            points += (long)found.Value.Count * steps.Count;
            if (points > QueryLimits.Points)
                return TooLarge($"{points} values, series times steps; at most {QueryLimits.Points} are allowed. Use a larger step or fewer series.");
            foreach (var some in found.Value.Chunk(SeriesAtOnce(read)))
            {
                foreach (var (i, one) in (await store.ReadSamplesAsync(tenant, some, read.From, read.To, cancellation)).Index())
                {
                    samples += one.Samples.Count;
                    read.Add(some[i], one.Samples, cancellation);
                }
                if (samples > mostSamples)
                    return TooLarge($"more than {mostSamples} samples. Ask for less time or fewer series.");
            }
        }
        return Evaluator.Evaluate(plan);
    }

    private static int SeriesAtOnce(SelectorRead read) =>
        (int)Math.Clamp(SamplesAtOnce * UsualInterval / (read.To - read.From), 1, MaxSeriesAtOnce);

    private static Problem TooLarge(string what) => new(ProblemCodes.QueryFailed, $"The query would need {what}");
}
