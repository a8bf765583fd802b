using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Metrics;

/// <summary>Finds and reads the series of a question, within limits that hold before anything is read.</summary>
internal sealed class SeriesReader(IMetricStore store, TimeProvider time)
{
    /// <summary>Series of one answer at most.</summary>
    public const int MaxSeries = 200;

    /// <summary>Values of one answer at most: an hour of samples a second of as many series as there may be.</summary>
    public const long MaxValues = MaxSeries * (Periods.Hour / Periods.Second);

    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask<MetricPolicy> PolicyAsync(string tenant, CancellationToken cancellation) =>
        (await store.ReadUsageAsync(tenant, cancellation)).Policy;

    /// <summary>
    /// The series of some agents, by agent and labels. Problems: <see cref="ProblemCodes.MetricNotFound"/> when nobody knows the metric,
    /// neither these agents nor the catalogue; <see cref="ProblemCodes.InvalidArgument"/> when there are too many.
    /// </summary>
    public async ValueTask<Outcome<List<StoredSeries>>> FindAsync(
        string tenant, IReadOnlyList<string> agents, MetricSelection selection, CancellationToken cancellation)
    {
        var found = new List<StoredSeries>();
        foreach (var agent in agents)
        {
            var its = await store.FindAsync(tenant, selection.Of(agent), MaxSeries - found.Count, cancellation);
            if (!its.Ok)
                return TooMany();
            found.AddRange(its.Value.OrderBy(one => one.Series.ToString(), StringComparer.Ordinal));
        }
        return found.Count > 0 || await IsKnownAsync(tenant, agents, selection, cancellation) ? found : new Problem(
            ProblemCodes.MetricNotFound,
            $"There is no metric '{selection.Metric}' here. list_metrics (GET /api/v1/agents/{{agent}}/metrics) shows those of an agent.");
    }

    /// <summary>
    /// The step that a question is answered in: what it asks for, but none finer than what is kept since <paramref name="from"/>, and none
    /// that gives more values than an answer may have.
    /// </summary>
    public Outcome<long> StepOf(MetricQuestion question, long length, int series, long from, MetricPolicy policy)
    {
        var asked = question is { Step: null, Points: { } points } ? QuerySteps.ForCount(length, points) : QuerySteps.Parse(question.Step, length);
        if (!asked.Ok)
            return asked;
        var step = QuerySteps.AtLeastKept(asked.Value, policy, from, Now);
        if (question.Step is null && !Fits(step))
            step = Periods.Minute;
        return Fits(step) ? step : QueryProblem.Of(
            $"That are more than {MaxValues} values. Ask for less time, longer steps, or by labels for fewer series than {series}.");

        bool Fits(long candidate) => series * (length / Math.Max(candidate, Periods.Second)) <= MaxValues;
    }

    /// <summary>Values and summaries. Problem: the raw samples of the series are at too many different times.</summary>
    public async ValueTask<Outcome<SeriesRead>> ReadAsync(
        string tenant, List<StoredSeries> series, QuerySpan span, long step, MetricAggregate aggregate, CancellationToken cancellation)
    {
        var first = SeriesColumns.Align(span.From, step);
        var isRate = aggregate == MetricAggregate.Rate;
        var begin = Math.Max(0, first - (isRate ? CounterRates.Lookback(step) : 0));
        var steps = step == QuerySteps.Raw
            ? await ReadRawAsync(tenant, series, begin, span.To, cancellation)
            : await store.ReadStepsAsync(tenant, series, begin, span.To, step, cancellation);
        if (isRate)
            steps = steps.ConvertAll(values => CounterRates.Of(values, step, Now).FindAll(rate => rate.Time >= first));
        var times = SeriesColumns.TimesOf(steps, span, step);
        if ((long)times.Length * series.Count > MaxValues)
        {
            return QueryProblem.Of(
                $"The samples of these {series.Count} series are at too many different times. Ask for steps, such as step=1m, or for fewer series.");
        }
        return new SeriesRead(SeriesColumns.Of(times, steps, aggregate), steps.ConvertAll(one => SeriesSummary.Of(one, span)));
    }

    /// <summary>Each sample as a step of its own. NaN says that there is no value.</summary>
    public async ValueTask<List<List<MetricStep>>> ReadRawAsync(
        string tenant, List<StoredSeries> series, long from, long to, CancellationToken cancellation)
    {
        var read = await store.ReadSamplesAsync(tenant, series, from, to, cancellation);
        return read.ConvertAll(one => one.Samples.Where(sample => !double.IsNaN(sample.Value))
            .Select(sample => new MetricStep(sample.Time, 1, sample.Value, sample.Value, sample.Value, sample.Value)).ToList());
    }

    private async ValueTask<bool> IsKnownAsync(
        string tenant, IReadOnlyList<string> agents, MetricSelection selection, CancellationToken cancellation)
    {
        if (Protocol.Metrics.MetricCatalog.Find(selection.Metric) is not null || agents.Count == 0)
            return true;
        foreach (var agent in agents)
        {
            // More than one is a problem of the limit, and there, too.
            if (await store.FindAsync(tenant, SeriesSelector.Of(selection.Metric, agent), 1, cancellation) is not { Ok: true, Value.Count: 0 })
                return true;
        }
        return false;
    }

    private static Problem TooMany() => QueryProblem.Of(
        $"That are more than {MaxSeries} series. Name fewer agents, or labels such as labels=mount=/var.");
}
