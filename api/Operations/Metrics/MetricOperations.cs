using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Metrics;

/// <summary>What callers may ask about the metrics of one agent, the same for every front door.</summary>
public sealed class MetricOperations(IMetricStore store, AgentOperations agents, TimeProvider time)
{
    /// <summary>Series of an agent that are listed at most.</summary>
    public const int MaxListed = 10_000;

    /// <summary>Values of a label that are listed at most.</summary>
    public const int MaxLabelValues = 10;

    /// <summary>A sample is stale when it is older.</summary>
    public const long StaleAfter = 5 * Periods.Minute;

    private readonly SeriesReader _reader = new(store, time);

    /// <summary>The metrics an agent has.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="agent">Whose.</param>
    /// <param name="metric">Only this one, or those that match a pattern with <c>*</c>; null: all.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task<Outcome<MetricList>> ListAsync(Caller caller, string agent, string? metric, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, agent, metric, cancellation);
        if (!found.Ok)
            return found.Problem;
        var metrics = found.Value.Select(one => one.Series).GroupBy(series => series.Metric, StringComparer.Ordinal)
            .OrderBy(ofMetric => ofMetric.Key, StringComparer.Ordinal)
            .Select(ofMetric => Describe(ofMetric.Key, [.. ofMetric]));
        return new MetricList(agent, [.. metrics]);
    }

    /// <summary>The newest sample of each series. Parameters as of <see cref="ListAsync"/>.</summary>
    public async Task<Outcome<LatestList>> LatestAsync(Caller caller, string agent, string? metric, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, agent, metric, cancellation);
        if (!found.Ok)
            return found.Problem;
        var series = found.Value.OrderBy(one => one.Series.ToString(), StringComparer.Ordinal).ToList();
        var now = _reader.Now;
        var samples = await store.LatestAsync(caller.Tenant, series, cancellation);
        var rates = await RatesAsync(caller.Tenant, series, now, cancellation);
        var latest = new List<LatestView>(series.Count);
        foreach (var (i, one) in series.Index())
        {
            if (samples[i] is not { } sample)
                continue;
            var age = now - sample.Time;
            latest.Add(new LatestView
            {
                Metric = one.Series.Metric,
                Labels = MetricLabels.Of(one.Series),
                Unit = MetricUnits.Of(one.Series.Metric),
                Value = double.IsFinite(sample.Value) ? sample.Value : null,
                Time = Times.At(sample.Time),
                AgeSeconds = age / (double)Periods.Second,
                Stale = age > StaleAfter,
                RatePerSecond = rates.GetValueOrDefault(one.Id),
            });
        }
        return new LatestList(agent, latest);
    }

    /// <summary>
    /// A metric over a stretch of time. Problems: <c>agent_not_found</c>, <c>metric_not_found</c>, <c>invalid_argument</c>.
    /// </summary>
    public async Task<Outcome<MetricRange>> RangeAsync(Caller caller, string agent, MetricQuestion question, CancellationToken cancellation)
    {
        if ((await agents.GetAsync(caller, agent)).Problem is { } unknown)
            return unknown;
        var selection = MetricSelection.Parse(question);
        if (!selection.Ok)
            return selection.Problem;
        var policy = await _reader.PolicyAsync(caller.Tenant, cancellation);
        var span = QuerySpan.Parse(question.From, question.To, question.Period, _reader.Now, QuerySpan.MaxLength(policy));
        if (!span.Ok)
            return span.Problem;
        var found = await _reader.FindAsync(caller.Tenant, [agent], selection.Value, cancellation);
        if (!found.Ok)
            return found.Problem;
        var step = _reader.StepOf(question, span.Value.Length, found.Value.Count, span.Value.From, policy);
        if (!step.Ok)
            return step.Problem;
        var read = await _reader.ReadAsync(caller.Tenant, found.Value, span.Value, step.Value, selection.Value.Aggregate, cancellation);
        return read.Ok ? Answer(agent, selection.Value, span.Value, step.Value, found.Value, read.Value) : read.Problem;
    }

    private static MetricRange Answer(
        string agent, MetricSelection selection, QuerySpan span, long step, List<StoredSeries> series, SeriesRead read) => new()
    {
        Agent = agent,
        Metric = selection.Metric,
        Kind = selection.Kind,
        Unit = selection.Unit,
        Aggregate = selection.Aggregate,
        Step = QuerySteps.Text(step),
        StepSeconds = step / (double)Periods.Second,
        From = Times.At(span.From),
        To = Times.At(span.To),
        Times = [.. read.Columns.Times.Select(Times.At)],
        Series = [.. series.Select((one, i) => new SeriesView(MetricLabels.Of(one.Series), read.Columns.Values[i], read.Summaries[i]))],
    };

    private async ValueTask<Outcome<List<StoredSeries>>> FindAsync(
        Caller caller, string agent, string? metric, CancellationToken cancellation)
    {
        if ((await agents.GetAsync(caller, agent)).Problem is { } unknown)
            return unknown;
        var matchers = new List<LabelMatcher> { SeriesFilters.Agent(agent) };
        if (metric is not null)
        {
            var named = SeriesFilters.Metric(metric);
            if (!named.Ok)
                return named.Problem;
            matchers.Add(named.Value);
        }
        return await store.FindAsync(caller.Tenant, new SeriesSelector(matchers), MaxListed, cancellation);
    }

    /// <summary>By how much counters rose per second of late, by the series' id.</summary>
    private async ValueTask<Dictionary<long, double?>> RatesAsync(
        string tenant, List<StoredSeries> series, long now, CancellationToken cancellation)
    {
        var counters = series.FindAll(one => MetricCatalog.KindOf(one.Series.Metric) == MetricKind.Counter);
        var read = await _reader.ReadRawAsync(tenant, counters, now - StaleAfter, now + 1, cancellation);
        return counters.Index().ToDictionary(
            counter => counter.Item.Id,
            counter => SeriesSummary.Of(CounterRates.Of(read[counter.Index], QuerySteps.Raw, now), new QuerySpan(now - StaleAfter, now))?.Average);
    }

    private static MetricView Describe(string metric, List<Series> series)
    {
        var values = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var one in series)
        {
            foreach (var (name, value) in one.Labels)
            {
                if (!values.TryGetValue(name, out var ofLabel))
                    values.Add(name, ofLabel = new SortedSet<string>(StringComparer.Ordinal));
                ofLabel.Add(value);
            }
        }
        return new MetricView(
            metric,
            MetricCatalog.KindOf(metric),
            MetricUnits.Of(metric),
            MetricCatalog.Find(metric)?.Help,
            series.Count,
            [.. values.Select(label => new MetricLabelView(label.Key, label.Value.Count, [.. label.Value.Take(MaxLabelValues)]))]);
    }
}
