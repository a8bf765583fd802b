using Outrider.Api.Auth;
using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Grains.Metrics.Queries;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>
/// Says when a rule would have fired: evaluates what the store holds by the same step as samples that come. Where the raw samples are past
/// their retention it sees the last value of each step of the roll-ups.
/// </summary>
public sealed class DryRunOperations(IGrains grains, IMetricStore store, RuleOperations rules, PromQlOperations queries, TimeProvider time)
    : IDisposable
{
    /// <summary>Series of one dry run at most.</summary>
    public const int MaxSeries = 500;

    /// <summary>Samples of one dry run at most.</summary>
    public const long MaxSamples = 5_000_000;

    /// <summary>How long one may take.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    /// <summary>Samples that are read at once, if there is one a second.</summary>
    private const long SamplesAtOnce = 200_000;

    /// <summary>It takes a processor; what agents report goes before it.</summary>
    private const int MaxAtOnce = 2;

    private const string DefaultPeriod = "7d";

    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    private readonly RuleTargets _targets = new(grains, store);

    /// <summary>A rule that is saved; <c>rule_not_found</c>.</summary>
    public async Task<Outcome<DryRunAnswer>> RunAsync(Caller caller, string rule, DryRunQuestion question, CancellationToken cancellation)
    {
        var found = await rules.FindAsync(caller, rule);
        return found.Ok ? await RunAsync(caller, found.Value, question, cancellation) : found.Problem;
    }

    /// <summary>A rule that needn't be saved.</summary>
    public async Task<Outcome<DryRunAnswer>> RunAsync(Caller caller, RuleView rule, DryRunQuestion question, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        var definition = rule.ToDefinition();
        return definition.Ok ? await RunAsync(caller, definition.Value, question, cancellation) : definition.Problem;
    }

    private async Task<Outcome<DryRunAnswer>> RunAsync(
        Caller caller, RuleDefinition rule, DryRunQuestion question, CancellationToken cancellation)
    {
        if (rule.Absent || rule.Metric == RuleDefinition.AgentStatusMetric || ProcessMetrics.Contains(rule.Metric))
        {
            return TenantRules.Invalid(
                "Only rules on metrics can be tried on the past: how agents were, what was absent while they were online, and their processes are "
                + "not kept sample by sample. POST /api/v1/rules/validate says what such a rule looks at now.");
        }
        var policy = (await store.ReadUsageAsync(caller.Tenant, cancellation)).Policy;
        var period = question is { Period: null, From: null } ? DefaultPeriod : question.Period;
        var span = QuerySpan.Parse(question.From, question.To, period, time.GetUtcNow().ToUnixTimeMilliseconds(), QuerySpan.MaxLength(policy));
        if (!span.Ok)
            return span.Problem;
        // It may be disabled: that is how one tries a rule before it tells anybody.
        var tried = rule with { Enabled = true };
        return tried.Expression is null
            ? await InTimeAsync(end => StreamAsync(caller, tried, span.Value, end), cancellation)
            : await QueryAsync(caller, tried, span.Value, cancellation);
    }

    public void Dispose() => _places.Dispose();

    private async Task<Outcome<DryRunAnswer>> InTimeAsync(
        Func<CancellationToken, Task<Outcome<DryRunAnswer>>> run, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(MaxTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            await _places.WaitAsync(either.Token);
            try
            {
                return await run(either.Token);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new Problem(
                ProblemCodes.TimedOut, $"The dry run took longer than {MaxTime.TotalSeconds} s. Ask for a shorter period, or narrow agents or labels.");
        }
    }

    private async Task<Outcome<DryRunAnswer>> StreamAsync(Caller caller, RuleDefinition rule, QuerySpan span, CancellationToken cancellation)
    {
        var agents = await _targets.AgentsAsync(caller.Tenant, rule);
        var series = await _targets.SeriesAsync(caller.Tenant, rule, agents, MaxSeries, cancellation);
        if (!series.Ok)
            return series.Problem;
        var ready = new EvaluatedRule(rule);
        var firings = new FiringList();
        long samples = 0;
        foreach (var ofAgent in series.Value.GroupBy(one => one.Agent, StringComparer.Ordinal))
        {
            var stream = new EvaluationStream(SavedStream.Empty);
            var slice = Math.Max(Periods.Minute, SamplesAtOnce / ofAgent.Count() * Periods.Second);
            for (var from = Math.Max(0, span.From - ready.Window); from < span.To; from += slice)
            {
                cancellation.ThrowIfCancellationRequested();
                var read = await store.ReadSamplesAsync(caller.Tenant, [.. ofAgent], from, Math.Min(span.To, from + slice), cancellation);
                samples += read.Sum(one => (long)one.Samples.Count);
                if (samples > MaxSamples)
                    return QueryProblem.Of($"That are more than {MaxSamples} samples. Ask for a shorter period, or narrow agents or labels.");
                var readings = read.SelectMany(one => one.Samples.Select(sample => new Reading(ready, one.Series, sample))).ToList();
                firings.Take(stream.Run(readings, readings.Select(one => one.Sample.Time), span.From - 1), _ => ofAgent.Key);
            }
        }
        return Answer(rule, span, series.Value.Count, samples, firings);
    }

    /// <summary>An expression is true of what it gives, and false of what it gives no longer.</summary>
    private async Task<Outcome<DryRunAnswer>> QueryAsync(Caller caller, RuleDefinition rule, QuerySpan span, CancellationToken cancellation)
    {
        var length = rule.IntervalSeconds * Periods.Second;
        var count = span.Length / length;
        if (count is < 1 or > QueryLimits.Steps)
            return QueryProblem.Of($"That are {count} evaluations; there may be 1 to {QueryLimits.Steps}. Ask for another period, or a longer interval.");
        var steps = new Grains.Metrics.PromQl.QuerySteps(span.From, length, (int)count);
        var value = await queries.QueryAsync(caller, rule.Expression!, steps, isRange: true, PromQlOperations.MaxTime, cancellation);
        if (!value.Ok)
            return value.Problem;
        var ready = new EvaluatedRule(rule with { Expression = null, Metric = "expression", Operator = RuleOperator.Above, Threshold = 0 });
        var firings = new FiringList();
        long samples = 0;
        var found = (value.Value as QueryValue.Vector)?.Series ?? [];
        foreach (var (labels, values) in found)
        {
            var all = labels.Labels.ToArray();
            var agent = Array.Find(all, label => label.Name == MetricNames.AgentLabel).Value;
            if (agent is not null && !rule.Agents.Exists(pattern => Names.Matches(pattern, agent)))
                continue;
            var metric = Array.Find(all, label => label.Name == SeriesSelector.NameLabel).Value ?? "expression";
            var subject = new Series(metric, Array.FindAll(all, label => label.Name is not (MetricNames.AgentLabel or SeriesSelector.NameLabel)));
            var readings = values.Select((one, step) => new Reading(ready, subject, new Sample(steps.At(step), Absent.Is(one) ? 0 : 1))).ToList();
            samples += values.LongCount(one => !Absent.Is(one));
            firings.Take(
                new EvaluationStream(SavedStream.Empty).Run(readings, readings.Select(one => one.Sample.Time)),
                _ => agent ?? "", (_, at) => values[(at - span.From) / length]);
        }
        return Answer(rule, span, found.Count, samples, firings);
    }

    private static DryRunAnswer Answer(RuleDefinition rule, QuerySpan span, int series, long samples, FiringList firings) => new(
        RuleText.Of(rule), Times.At(span.From), Times.At(span.To), series, samples, firings.Count, firings.Agents, firings.First);
}
