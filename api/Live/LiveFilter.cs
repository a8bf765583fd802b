using Outrider.Api.Operations.Tasks;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>What a subscription is about. In a pattern '*' stands for any run of characters, also none.</summary>
internal sealed class LiveFilter
{
    private readonly List<string> _agents;
    private readonly List<string> _metrics;
    private readonly Dictionary<string, string> _labels;

    private LiveFilter(List<string> agents, List<string> metrics, Dictionary<string, string> labels) =>
        (_agents, _metrics, _labels) = (agents, metrics, labels);

    /// <summary>Whether it wants any series at all.</summary>
    public bool WantsSeries => _metrics.Count > 0;

    public bool WantsAlerts { get; private init; }

    /// <summary>Ids of tasks.</summary>
    public IReadOnlyList<string> Tasks { get; private init; } = [];

    /// <summary>What a request asks for; <c>invalid_argument</c> says what to change.</summary>
    public static Outcome<LiveFilter> From(LiveRequest request, LiveOptions options)
    {
        if (!LinkProtocol.IsId(request.Id))
            return Invalid($"'id' names the subscription: 1 to {LinkProtocol.MaxIdLength} printable ASCII characters without space.");
        var tasks = request.Tasks ?? [];
        if (tasks.Count > options.MaxTasks || tasks.Exists(id => !TaskNames.IsId(id)) || tasks.Distinct().Count() < tasks.Count)
            return Invalid($"'tasks' is a list of at most {options.MaxTasks} ids of tasks, each once.");
        // Who looks at tasks needs no agents.
        var agents = request.Agents ?? [];
        if (agents.Count > options.MaxPatterns || (agents.Count == 0 && (request.Agents is not null || tasks.Count == 0)))
            return Invalid($"'agents' is a list of 1 to {options.MaxPatterns} names or patterns, such as 'prod-*'; '*' is all.");
        var metrics = request.Metrics ?? [];
        var labels = request.Labels ?? [];
        if (metrics.Count > options.MaxPatterns || labels.Count > MetricLimits.Labels)
            return Invalid($"'metrics' has at most {options.MaxPatterns} entries, 'labels' {MetricLimits.Labels}.");
        if (labels.Count > 0 && metrics.Count == 0)
            return Invalid("'labels' narrows 'metrics', which is missing.");
        if (agents.Exists(pattern => pattern is null || !Names.IsAgent(Filled(pattern))))
            return Invalid($"An entry of 'agents' can't match: names have {Names.Rule}.");
        if (metrics.Exists(pattern => pattern is null || !MetricNames.IsMetric(Filled(pattern))))
            return Invalid($"An entry of 'metrics' can't match: a name is {MetricNames.MetricRule}.");
        foreach (var (name, value) in labels)
        {
            if (!MetricNames.IsLabel(name) || value is not { Length: > 0 and <= MetricLimits.LabelValueBytes })
                return Invalid($"'labels' can't match: a name is {MetricNames.LabelRule}, a value 1 to {MetricLimits.LabelValueBytes} characters.");
        }
        return new LiveFilter(agents, metrics, labels) { WantsAlerts = request.Alerts, Tasks = tasks };
    }

    public bool WantsAgent(string agent) => _agents.Exists(pattern => Names.Matches(pattern, agent));

    public bool Wants(Series series)
    {
        if (!_metrics.Exists(pattern => Names.Matches(pattern, series.Metric)))
            return false;
        foreach (var (name, pattern) in _labels)
        {
            if (series[name] is not { } value || !Names.Matches(pattern, value))
                return false;
        }
        return true;
    }

    /// <summary>A name that the pattern matches, if any is.</summary>
    private static string Filled(string pattern) => pattern.Replace('*', 'a');

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
