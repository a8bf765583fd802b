using System.Globalization;
using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Shows why an alert fired.</summary>
public sealed class ExplanationOperations(AlertOperations alerts, MetricOperations metrics, TimeProvider time)
{
    private const int Points = 60;

    private static readonly TimeSpan s_before = TimeSpan.FromMinutes(15);

    /// <summary>Of an alert that lasts for days, the beginning says most.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    /// <summary>An alert with its samples from a quarter of an hour before it began.</summary>
    public async Task<Outcome<AlertExplanation>> ExplainAsync(Caller caller, string alert, CancellationToken cancellation)
    {
        var found = await alerts.GetAsync(caller, alert, cancellation);
        if (!found.Ok)
            return found.Problem;
        var view = found.Value;
        if (view.Agent.Length == 0 || !MetricNames.IsMetric(view.Metric) || view.Metric == RuleDefinition.AgentStatusMetric
            || ProcessMetrics.Contains(view.Metric))
        {
            return new AlertExplanation(view, null, Why(view));
        }
        var from = view.StartedAt - s_before;
        var to = Earliest(Earliest((view.ResolvedAt ?? time.GetUtcNow()) + s_before, from + s_longest), time.GetUtcNow());
        var question = new MetricQuestion
        {
            Metric = view.Metric, Labels = [.. view.Labels.Select(label => $"{label.Key}={label.Value}")], From = Text(from), To = Text(to), Points = Points,
        };
        var range = await metrics.RangeAsync(caller, view.Agent, question, cancellation);
        return new AlertExplanation(view, range.Value, range.Problem?.Message);
    }

    private static string Why(AlertView alert) => alert switch
    {
        { Agent: "" } => "The rule is over several agents; query its metrics to see them.",
        { Metric: RuleDefinition.AgentStatusMetric } => "It is about how the centre saw the agent: 0 online, 1 degraded, 2 offline. get_agent says how it is now.",
        _ => "It is about processes; top_processes shows those of any time.",
    };

    private static DateTimeOffset Earliest(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
