using Outrider.Api.Auth;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Queries a tenant's metrics in PromQL (docs/promql.md), the same for every front door.</summary>
public sealed class PromQlOperations(IMetricStore store, TimeProvider time) : IDisposable
{
    /// <summary>How long a query may take, whatever its caller allows.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    /// <summary>Series that a listing looks at.</summary>
    private const int MaxListed = 200_000;

    private readonly PromQlEngine _engine = new(store);

    /// <summary>A large query takes 100 MB; who comes when all places are taken waits within its own time.</summary>
    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    /// <summary>Queries that are evaluated at once.</summary>
    public static int MaxAtOnce { get; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>
    /// Evaluates a query. Problems: <c>forbidden</c>, <c>invalid_argument</c> (it can't be read, isn't supported or matches too many
    /// series), <c>query_failed</c> (too large, or the data doesn't allow it), <c>timed_out</c>.
    /// </summary>
    /// <param name="isRange">The caller wants a value at each of the steps: a string or a range vector has none.</param>
    /// <param name="timeout">At most <see cref="MaxTime"/>.</param>
    public async Task<Outcome<QueryValue>> QueryAsync(
        Caller caller, string query, QuerySteps steps, bool isRange, TimeSpan timeout, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.MetricsRead) is { } forbidden)
            return forbidden;
        var expression = PromQlParser.Parse(query);
        if (!expression.Ok)
            return expression.Problem;
        if (isRange && expression.Value.Kind is ExpressionKind.String or ExpressionKind.RangeVector)
            return new Problem(ProblemCodes.InvalidArgument, "A query over a range of time must be a scalar or an instant vector.");
        var allowed = timeout < MaxTime ? timeout : MaxTime;
        using var deadline = new CancellationTokenSource(allowed, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            await _places.WaitAsync(either.Token);
            try
            {
                return await _engine.EvaluateAsync(caller.Tenant, expression.Value, steps, either.Token);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new Problem(
                ProblemCodes.TimedOut, $"The query took longer than {allowed.TotalSeconds} s. Ask for less time, fewer series or a larger step.");
        }
    }

    /// <summary>The series that any of some selectors matches, sorted by labels; none given: all of the tenant.</summary>
    public async Task<Outcome<List<LabelSet>>> FindAsync(Caller caller, IReadOnlyList<string> selectors, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.MetricsRead) is { } forbidden)
            return forbidden;
        var found = new HashSet<LabelSet>();
        foreach (var text in selectors.DefaultIfEmpty(null))
        {
            var selector = text is null ? new SeriesSelector() : PromQlParser.ParseSelector(text);
            if (!selector.Ok)
                return selector.Problem;
            var series = await store.FindAsync(caller.Tenant, selector.Value, MaxListed, cancellation);
            if (!series.Ok)
                return series.Problem;
            found.UnionWith(series.Value.Select(LabelSet.Of));
        }
        var sorted = found.ToList();
        sorted.Sort(LabelSet.Compare);
        return sorted;
    }

    public void Dispose() => _places.Dispose();

    /// <summary>What agents measure themselves. Of scraped metrics no description is kept.</summary>
    public static Outcome<IReadOnlyList<MetricDescription>> Describe(Caller caller) => Permissions.Require(caller, Permission.MetricsRead) is { } forbidden
        ? forbidden
        : new Outcome<IReadOnlyList<MetricDescription>> { Value = MetricCatalog.All };
}
