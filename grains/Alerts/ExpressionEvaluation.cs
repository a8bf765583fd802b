using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Alerts;

/// <inheritdoc cref="IExpressionEvaluation"/>
/// <remarks>
/// Each result is a subject. To the pure step a result is the sample 1, and one that is there no more the sample 0. Open to derivation because
/// a host may add its own marker to a grain.
/// </remarks>
public class ExpressionEvaluation(GrainContext context, IGrainState<ExpressionEvaluationState> state, IMetricStore metrics, AlertMetrics meter)
    : Grain(context), IExpressionEvaluation
{
    private readonly PromQlEngine _engine = new(metrics);
    private readonly EventCourier _courier = new(context, GrainKeys.Split(context.Key)[0]);
    private EvaluationStream _stream = new(SavedStream.Empty);
    private EvaluatedRule? _rule;
    private Expression? _expression;
    private IDisposable? _timer;
    private ExpressionView _view = new(null, 0, 0, 0, 0, null);
    private long _revision = -1;

    private string Tenant => GrainKeys.Split(Key)[0];

    private string Id => GrainKeys.Split(Key)[1];

    private long Now => Context.Time.GetUtcNow().ToUnixTimeMilliseconds();

    public override async Task OnActivateAsync(CancellationToken cancellation)
    {
        _stream = new EvaluationStream(state.Value.Stream) { Ran = meter.Evaluated };
        _courier.Waiting.AddRange(state.Value.Outgoing);
        await Context.Feeds.SubscribeAsync<AlertSettingsChange>(AlertSettingsChange.Feed, Tenant, change => WakeAsync(change.Value.Revision));
        await TakeRuleAsync();
    }

    public Task WakeAsync(long revision) => revision == _revision ? Task.CompletedTask : TakeRuleAsync();

    public Task<ExpressionView> GetAsync() => Task.FromResult(_view);

    private async Task TakeRuleAsync()
    {
        if (await Context.Grains.Get<IAlertSettings>(Tenant).GetAsync(_revision) is not { } settings)
            return;
        _revision = settings.Revision;
        var rule = settings.Rules.FirstOrDefault(rule => rule.Id == Id && rule is { Enabled: true, Expression: not null });
        var before = _rule?.Definition ?? state.Value.Rule;
        var runs = _timer is not null && rule is not null && rule.IntervalSeconds == _rule?.Definition.IntervalSeconds;
        if (rule is null || (before is not null && !rule.MeansSameAs(before)))
            await TellAsync(_stream.Drop(_ => true, Now, ResolveReason.RuleChanged), []);
        (_rule, _expression) = rule is null ? default : (new EvaluatedRule(rule), PromQlParser.Parse(rule.Expression!).Value);
        if (runs)
            return;
        _timer?.Dispose();
        _timer = null;
        if (rule is not null)
        {
            var period = TimeSpan.FromSeconds(rule.IntervalSeconds);
            _timer = Context.Timers.Start(EvaluateAsync, GrainSlots.Of(Key, period), period);
        }
        else
        {
            await EndAsync();
        }
    }

    private async Task EvaluateAsync(CancellationToken cancellation)
    {
        if (_rule is null || _expression is null)
        {
            await EndAsync();
            return;
        }
        var (started, now) = (Context.Time.GetTimestamp(), Now);
        var results = await ResultsAsync(now, cancellation);
        var problem = results.Problem;
        if (results.Ok)
        {
            var gone = _stream.Instances.Where(one => one.Value.IsLively && !results.Value.ContainsKey(one.Key.Subject)).Select(one => one.Key.Subject);
            await TellAsync(_stream.Run(
                [
                    .. results.Value.Keys.Select(subject => new Reading(_rule, subject, new Sample(now, 1))),
                    .. gone.Select(subject => new Reading(_rule, subject, new Sample(now, 0))),
                ], [now]), results.Value);
        }
        _view = new ExpressionView(
            Context.Time.GetUtcNow(), Math.Round(Context.Time.GetElapsedTime(started).TotalSeconds, 4), results.Value?.Count ?? 0,
            _stream.Instances.Values.Count(one => one.State is InstanceState.Pending),
            _stream.Instances.Values.Count(one => one.State is InstanceState.Firing), problem);
    }

    /// <summary>What the expression gives now, by subject.</summary>
    private async Task<Outcome<Dictionary<Series, double>>> ResultsAsync(long now, CancellationToken cancellation)
    {
        try
        {
            var value = await _engine.EvaluateAsync(Tenant, _expression!, QuerySteps.Once(now), cancellation);
            if (!value.Ok)
                return value.Problem;
            var results = new Dictionary<Series, double>();
            foreach (var one in value.Value is QueryValue.Vector vector ? vector.Series : [])
            {
                if (!Absent.Is(one.Values[0]) && IsOfTheRule(one.Labels))
                    results[Subject(one.Labels)] = one.Values[0];
            }
            return results;
        }
        catch (UnavailableException)
        {
            return new Problem(ProblemCodes.Unavailable, "The metric store could not be asked.");
        }
    }

    private bool IsOfTheRule(LabelSet labels) =>
        AgentOf(labels.Labels) is not { } agent || _rule!.Definition.Agents.Exists(pattern => Names.Matches(pattern, agent));

    private static Series Subject(LabelSet labels)
    {
        var name = Find(labels.Labels, SeriesSelector.NameLabel) ?? "expression";
        return new Series(name, [.. labels.Labels.ToArray().Where(label => label.Name != SeriesSelector.NameLabel)]);
    }

    private static string? AgentOf(ReadOnlySpan<Label> labels) => Find(labels, MetricNames.AgentLabel);

    private static string? Find(ReadOnlySpan<Label> labels, string wanted)
    {
        foreach (var (name, value) in labels)
        {
            if (name == wanted)
                return value;
        }
        return null;
    }

    /// <summary>Hands on what was found, and saves after that: a crash in between finds it again.</summary>
    private async Task TellAsync(IReadOnlyList<Transition> transitions, Dictionary<Series, double> values)
    {
        var events = transitions.SelectMany(one => AlertEvents.Of(Tenant, AgentOf(one.Key.Subject.Labels) ?? "", [one])
            .Select(found => values.TryGetValue(one.Key.Subject, out var value) ? found with { Value = value } : found with { ResolvedValue = null })
            .Select(found => found with { Labels = [.. found.Labels.Where(label => label.Name != MetricNames.AgentLabel)] })).ToList();
        if (transitions.Count == 0 && _courier.Waiting.Count == 0)
            return;
        await _courier.SendAsync(events);
        state.Value = new ExpressionEvaluationState { Stream = _stream.Save(), Rule = _rule?.Definition, Outgoing = [.. _courier.Waiting] };
        try
        {
            await state.SaveAsync();
        }
        catch (UnavailableException)
        {
            // What changed since is found again.
        }
    }

    /// <summary>There is no such rule (any more), and all was handed on: there is nothing to keep.</summary>
    private async Task EndAsync()
    {
        if (_courier.Waiting.Count > 0)
            await TellAsync([], []);
        if (_courier.Waiting.Count > 0)
        {
            _timer ??= Context.Timers.Start(EvaluateAsync, AlertEvaluation.LookEvery, AlertEvaluation.LookEvery);
            return;
        }
        if (state.Exists)
            await state.ClearAsync();
        Context.Deactivate();
    }
}
