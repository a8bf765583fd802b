using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Alerts;

/// <inheritdoc cref="IAlertRule"/>
/// <remarks>
/// Alerts and what is to be told of them are saved in one write, before anybody hears of them. Open to derivation because a host may add its
/// own marker to a grain.
/// </remarks>
public class AlertRule(GrainContext context, IAlertStore store) : Grain(context), IAlertRule, IRemindable
{
    /// <summary>Alerts of one rule that fire at once; more aren't taken.</summary>
    public const int MaxActive = 20_000;

    /// <summary>So many that have ended are remembered, to know them when they come again.</summary>
    private const int MaxEnded = 256;

    private const int PageSize = 1_000;

    private const string Checking = "check";

    private static readonly TimeSpan s_checkEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Alert> _active = new(StringComparer.Ordinal);
    private AlertSettingsView _settings = new(0, [], [], []);
    private readonly Queue<string> _ended = new();
    private DateTimeOffset _activatedAt;
    private DateTimeOffset _groupDueAt;
    private bool _checks;

    private string Tenant => GrainKeys.Split(Key)[0];

    private string Id => GrainKeys.Split(Key)[1];

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    /// <summary>Null: it was deleted.</summary>
    private RuleDefinition? Rule => _settings.Rules.FirstOrDefault(rule => rule.Id == Id);

    public override async Task OnActivateAsync(CancellationToken cancellation)
    {
        _activatedAt = Now;
        await Context.Feeds.SubscribeAsync<AlertSettingsChange>(AlertSettingsChange.Feed, Tenant, _ => WakeAsync());
        await LearnSettingsAsync();
        var firing = new AlertQuery(AlertState.Firing, Id);
        AlertCursor? after = null;
        while (await store.ListAsync(Tenant, firing, after, PageSize, cancellation) is { Count: > 0 } page)
        {
            foreach (var alert in page)
                _active[alert.Id] = alert;
            after = new AlertCursor(page[^1].FiredAt, page[^1].Id);
        }
    }

    public Task OnReminderAsync(string name, CancellationToken cancellation) => WakeAsync();

    public async Task TakeAsync(List<AlertEvent> events)
    {
        await LearnSettingsAsync();
        var changed = new Dictionary<string, Alert>(StringComparer.Ordinal);
        var outbox = new List<Notification>();
        foreach (var found in events)
        {
            if (await NextAsync(found, changed.GetValueOrDefault(found.Id) ?? _active.GetValueOrDefault(found.Id), outbox) is { } next)
                changed[next.Id] = next;
        }
        await SaveAsync([.. changed.Values], outbox);
    }

    public async Task<Outcome<Alert>> AcknowledgeAsync(string alert, string by, string? note)
    {
        if (!_active.TryGetValue(alert, out var found))
        {
            return await store.ReadAsync(Tenant, alert, CancellationToken.None) is { } ended && ended.Rule == Id
                ? new Problem(ProblemCodes.Conflict, $"The alert ended at {ended.ResolvedAt:yyyy-MM-ddTHH:mm:ssZ}: there is nothing left to take on.")
                : new Problem(ProblemCodes.AlertNotFound, $"There is no alert '{alert}'.");
        }
        var taken = found with { AcknowledgedAt = found.AcknowledgedAt ?? Now, AcknowledgedBy = found.AcknowledgedBy ?? by, Note = note ?? found.Note, ChangedAt = Now };
        await SaveAsync([taken], []);
        return taken;
    }

    public async Task WakeAsync()
    {
        await LearnSettingsAsync();
        var changed = new List<Alert>();
        var outbox = new List<Notification>();
        foreach (var alert in _active.Values)
        {
            var next = Rule is { Enabled: true } rule ? Tell(alert, rule, outbox) : End(alert, outbox);
            if (next != alert)
                changed.Add(next);
        }
        await SaveAsync(changed, outbox);
        await KeepCheckingAsync();
    }

    /// <summary>What an event makes of its alert; null: nothing, it was known.</summary>
    private async Task<Alert?> NextAsync(AlertEvent found, Alert? alert, List<Notification> outbox)
    {
        if (found.ResolvedAt is { } at)
        {
            if (alert is not { State: AlertState.Firing })
                return null;
            var ended = AlertDesk.Close(alert, at, found.ResolvedValue, found.Reason ?? ResolveReason.Recovered, Now);
            outbox.AddRange(AlertDesk.TellEnd(ended, _settings, Now));
            return ended;
        }
        // A rule that is gone or off fires no more.
        if (alert is not null || Rule is not { Enabled: true } rule || _active.Count >= MaxActive || await HasEndedAsync(found))
            return null;
        return Tell(AlertDesk.Open(found, rule, Now), rule, outbox);
    }

    /// <summary>Whether it was taken before and has ended since: after a crash an evaluation finds again what it had found.</summary>
    private async Task<bool> HasEndedAsync(AlertEvent found) =>
        _ended.Contains(found.Id)
        || (found.FiredAt <= _activatedAt && await store.ReadAsync(Tenant, found.Id, CancellationToken.None) is not null);

    private Alert Tell(Alert alert, RuleDefinition rule, List<Notification> outbox)
    {
        var now = Now;
        if (rule.GroupSeconds > 0 && _groupDueAt <= now)
            _groupDueAt = now + TimeSpan.FromSeconds(rule.GroupSeconds);
        var (told, notices) = AlertDesk.Tell(alert, rule, _settings, now, rule.GroupSeconds > 0 ? _groupDueAt : now);
        outbox.AddRange(notices);
        return told;
    }

    private Alert End(Alert alert, List<Notification> outbox)
    {
        var ended = AlertDesk.Close(alert, Now, null, ResolveReason.RuleChanged, Now);
        outbox.AddRange(AlertDesk.TellEnd(ended, _settings, Now));
        return ended;
    }

    private async Task SaveAsync(List<Alert> changed, List<Notification> outbox)
    {
        if (changed.Count == 0)
            return;
        await store.SaveAsync(Tenant, changed, outbox, CancellationToken.None);
        foreach (var alert in changed)
        {
            if (alert.State == AlertState.Firing)
                _active[alert.Id] = alert;
            else
                Forget(alert.Id);
            await Context.Feeds.PublishAsync(AlertChange.Feed, Tenant, new FeedItem<AlertChange>(0, new AlertChange(alert)));
        }
        foreach (var channel in outbox.Select(notice => notice.Channel).Distinct())
            _ = Context.Grains.Get<IChannel>(GrainKeys.Join(Tenant, channel)).WakeAsync();
        await KeepCheckingAsync();
    }

    private void Forget(string ended)
    {
        _active.Remove(ended);
        _ended.Enqueue(ended);
        if (_ended.Count > MaxEnded)
            _ended.Dequeue();
    }

    /// <summary>While something fires, it is looked at every minute, also after a restart: to be told again, or after a silence.</summary>
    private async Task KeepCheckingAsync()
    {
        if (_checks == _active.Count > 0)
            return;
        _checks = _active.Count > 0;
        if (_checks)
            await Context.Reminders.SetAsync(Checking, s_checkEvery, s_checkEvery);
        else
            await Context.Reminders.CancelAsync(Checking);
    }

    private async Task LearnSettingsAsync() =>
        _settings = await Context.Grains.Get<IAlertSettings>(Tenant).GetAsync(_settings.Revision) ?? _settings;
}
