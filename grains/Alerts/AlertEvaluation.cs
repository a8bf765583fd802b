using Outrider.Grains.Agents;
using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts;

/// <inheritdoc cref="IAlertEvaluation"/>
/// <remarks>
/// What an alert rule has taken is never forgotten; what was evaluated since the state was saved last is evaluated again after a crash, from
/// the metric store, and comes to the same alerts. Open to derivation because a host may add its own marker to a grain.
/// </remarks>
public class AlertEvaluation(GrainContext context, IGrainState<AlertEvaluationState> state, IMetricStore metrics, AlertMetrics meter)
    : Grain(context), IAlertEvaluation
{
    /// <summary>How often the agent is looked at from outside: how late an absence may be found.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    /// <summary>How often the state is saved though no alert hangs on it: how much is evaluated again after a crash.</summary>
    public static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(5);

    /// <summary>For so long after a start, a silent agent may just not have dialled again.</summary>
    public static readonly TimeSpan Grace = AgentStatuses.OfflineAfter;

    private readonly MetricHistory _history = new(metrics, GrainKeys.Split(context.Key)[0], GrainKeys.Split(context.Key)[1]);
    private readonly EventCourier _courier = new(context, GrainKeys.Split(context.Key)[0]);
    private EvaluationMemory _memory = new(new AlertEvaluationState(), 0, meter);
    private AgentStatus _status;
    private DateTimeOffset _startedAt;
    private DateTimeOffset _savedAt;
    private long _revision = -1;
    private long _number;

    private string Tenant => GrainKeys.Split(Key)[0];

    private string Name => GrainKeys.Split(Key)[1];

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    public override async Task OnActivateAsync(CancellationToken cancellation)
    {
        _memory = new EvaluationMemory(state.Value, Now.ToUnixTimeMilliseconds(), meter);
        _courier.Waiting.AddRange(state.Value.Outgoing);
        (_startedAt, _savedAt) = (Now, Now);
        // Before anything is read: what comes meanwhile is not missed.
        await Context.Feeds.SubscribeAsync<MetricReport>(MetricReport.Feed, Key, OnReportAsync);
        await Context.Feeds.SubscribeAsync<AgentStatusChange>(AgentStatusChange.Feed, Key, OnStatusAsync);
        await Context.Feeds.SubscribeAsync<AlertSettingsChange>(AlertSettingsChange.Feed, Tenant, change => WakeAsync(change.Value.Revision));
        Context.Timers.Start(_ => LookAsync(), GrainSlots.Of(Key, LookEvery), LookEvery);
        if (!await FindAgentAsync())
            return;
        var transitions = await TakeRulesAsync();
        await TellAsync([.. transitions, .. await CatchUpAsync(cancellation)], save: !state.Exists);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation) => SaveAsync();

    public async Task WakeAsync(long revision)
    {
        if (revision == _revision)
            return;
        if (await FindAgentAsync())
            await TellAsync(await TakeRulesAsync(), save: false);
    }

    public Task<EvaluationView> GetAsync() => Task.FromResult(_memory.View());

    /// <summary>Learns how the agent is. False: there is none of this name (any more), so nothing of it fires.</summary>
    private async Task<bool> FindAgentAsync()
    {
        var agent = await Context.Grains.Get<IAgent>(Key).GetAsync();
        if (agent.Ok)
        {
            _status = agent.Value.Status;
            return true;
        }
        _revision = -1;
        await TellAsync(_memory.SetRules([], Now.ToUnixTimeMilliseconds(), ResolveReason.AgentRemoved), save: false);
        await EndAsync();
        return false;
    }

    /// <summary>Nothing is left to evaluate, and all was handed on: there is nothing to keep.</summary>
    private async Task EndAsync()
    {
        if (_courier.Waiting.Count > 0)
            return;
        if (state.Exists)
            await state.ClearAsync();
        _memory = new EvaluationMemory(state.Value, Now.ToUnixTimeMilliseconds(), meter);
        Context.Deactivate();
    }

    private async Task<IReadOnlyList<Transition>> TakeRulesAsync()
    {
        if (await Context.Grains.Get<IAlertSettings>(Tenant).GetAsync(_revision) is not { } settings)
            return [];
        _revision = settings.Revision;
        var rules = settings.Rules.Where(rule => EvaluatedRule.Matches(rule, Name)).ToList();
        return _memory.SetRules(rules, Now.ToUnixTimeMilliseconds(), ResolveReason.RuleChanged);
    }

    private async Task OnReportAsync(FeedItem<MetricReport> report)
    {
        // The first one too: a batch before it may have been stored just after this activation had read, and told to nobody.
        var missed = _number == 0 || report.Number > _number + 1;
        _number = report.Number;
        if (!_memory.HasRules || MetricBatchCodec.Decode(report.Value.Batch) is not { Ok: true, Value: var batch })
            return;
        var transitions = missed ? await CatchUpAsync(CancellationToken.None) : [];
        await TellAsync([.. transitions, .. _memory.Measure(batch.Series, batch.Processes)], save: false);
    }

    private async Task OnStatusAsync(FeedItem<AgentStatusChange> change)
    {
        _status = change.Value.To;
        // An agent that is revoked goes offline as well.
        if (_status != AgentStatus.Offline || await FindAgentAsync())
            await LookAsync();
    }

    private async Task LookAsync()
    {
        if (_revision < 0)
        {
            await TellAsync([], save: false);
            await EndAsync();
            return;
        }
        int? status = _status == AgentStatus.Online ? 0 : Now - _startedAt < Grace ? null : _status == AgentStatus.Degraded ? 1 : 2;
        await TellAsync(_memory.Look(status, Now.ToUnixTimeMilliseconds()), save: Now - _savedAt >= SaveEvery);
        // The feed that tells of changed rules may have been lost with a node.
        await TellAsync(await TakeRulesAsync(), save: false);
    }

    /// <summary>Evaluates what is in the store and has not been evaluated.</summary>
    private async Task<IReadOnlyList<Transition>> CatchUpAsync(CancellationToken cancellation)
    {
        var from = _memory.DoneTo;
        if (!_memory.HasRules)
            return [];
        var missed = await _history.ReadAsync(_memory.Wants, from, _memory.LongestWindow, Now.ToUnixTimeMilliseconds(), cancellation);
        return _memory.Measure(missed, null, from);
    }

    /// <summary>Hands on what was found. Saved only after that: a crash in between finds it again.</summary>
    private async Task TellAsync(IReadOnlyList<Transition> transitions, bool save)
    {
        var events = AlertEvents.Of(Tenant, Name, transitions).ToList();
        if (events.Count == 0 && _courier.Waiting.Count == 0 && !save)
            return;
        await _courier.SendAsync(events);
        await SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (!_memory.HasRules && _courier.Waiting.Count == 0 && !state.Exists)
            return;
        try
        {
            state.Value = _memory.Save(_courier.Waiting);
            await state.SaveAsync();
            _savedAt = Now;
        }
        catch (UnavailableException)
        {
            // What changed since is found again, from the metric store.
        }
    }
}
