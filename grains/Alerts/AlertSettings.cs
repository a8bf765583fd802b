using Outrider.Grains.Agents;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Alerts;

/// <inheritdoc cref="IAlertSettings"/>
/// <remarks>
/// Those it wakes ask it for what has changed, so it never waits for one of them. Open to derivation because a host may add its own marker to
/// a grain.
/// </remarks>
public class AlertSettings(GrainContext context, IGrainState<AlertSettingsState> state) : Grain(context), IAlertSettings, IRemindable
{
    public const int MaxRules = 1_000;
    public const int MaxSilences = 500;
    public const int MaxChannels = 100;

    /// <summary>How often everything that may have to act is woken: how late an alert may be after a crash of the centre.</summary>
    public static readonly TimeSpan WakeEvery = TimeSpan.FromMinutes(1);

    private const string Waking = "wake";

    private AlertSettingsView? _view;

    private AlertSettingsState Value => state.Value;

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    public override async Task OnActivateAsync(CancellationToken cancellation)
    {
        await Context.Reminders.SetAsync(Waking, WakeEvery, WakeEvery);
        // What a crash left in the outboxes goes out as soon as anybody is there.
        foreach (var channel in Value.Channels)
            Wake(channel.Name);
    }

    public async Task OnReminderAsync(string name, CancellationToken cancellation)
    {
        foreach (var agent in await Context.Grains.Get<IAgentDirectory>(Key).ListAsync(null, int.MaxValue))
            _ = Context.Grains.Get<IAlertEvaluation>(GrainKeys.Join(Key, agent)).WakeAsync(View().Revision);
        foreach (var rule in View().Rules.Where(rule => rule.Expression is not null))
            _ = Context.Grains.Get<IExpressionEvaluation>(GrainKeys.Join(Key, rule.Id)).WakeAsync(View().Revision);
        foreach (var channel in Value.Channels)
            Wake(channel.Name);
    }

    public Task<AlertSettingsView?> GetAsync(long known) => Task.FromResult(known == View().Revision ? null : View());

    public async Task<Outcome<RuleDefinition>> SetRuleAsync(RuleDefinition rule, bool? mustBe)
    {
        var before = View().Rules.FirstOrDefault(one => one.Id == rule.Id);
        if (before is null && mustBe == true)
            return RuleNotFound(rule.Id);
        if (before is not null && mustBe == false)
            return new Problem(ProblemCodes.Conflict, $"There is a rule '{rule.Id}' already. Change it with PUT, or give the new one another id.");
        if (RuleFaults.Of(rule) is { } fault)
            return fault;
        if (rule.Channels.Find(name => !Value.Channels.Exists(channel => channel.Name == name)) is { } missing)
            return Invalid($"There is no channel '{missing}'. Make it first, or leave channels empty for the default ones.");
        if (before is null && View().Rules.Count >= MaxRules)
            return Full("rules", MaxRules);
        var saved = rule with { Builtin = before?.Builtin ?? false, Revision = Value.Revision + 1 };
        await SaveAsync(Value with { Rules = [.. Value.Rules.Where(one => one.Id != rule.Id), saved] });
        WakeRule(saved);
        return saved;
    }

    public async Task<Outcome<Done>> DeleteRuleAsync(string rule)
    {
        if (View().Rules.FirstOrDefault(one => one.Id == rule) is not { } found)
            return RuleNotFound(rule);
        if (found.Builtin)
            return Invalid($"The rule '{rule}' is built in: disable it instead.");
        await SaveAsync(Value with { Rules = [.. Value.Rules.Where(one => one.Id != rule)] });
        WakeRule(found);
        return Done.Value;
    }

    public async Task<Outcome<Silence>> AddSilenceAsync(Silence silence)
    {
        var now = Now;
        if (silence.To <= silence.From || silence.To <= now)
            return Invalid("A silence ends after it begins, and in the future.");
        if (silence.To - silence.From > MaxSilence)
            return Invalid($"A silence lasts {MaxSilence.TotalDays} days at most. To be rid of a rule for good, disable it.");
        var live = Value.Silences.Where(one => one.To > now).ToList();
        if (live.Count >= MaxSilences)
            return Full("silences", MaxSilences);
        var added = silence with { Id = Guid.NewGuid().ToString("N")[..12] };
        await SaveAsync(Value with { Silences = [.. live, added] });
        return added;
    }

    public async Task<Outcome<Done>> DeleteSilenceAsync(string silence)
    {
        if (!Value.Silences.Exists(one => one.Id == silence))
            return new Problem(ProblemCodes.SilenceNotFound, $"There is no silence '{silence}', or it has ended.");
        await SaveAsync(Value with { Silences = [.. Value.Silences.Where(one => one.Id != silence)] });
        return Done.Value;
    }

    public async Task<Outcome<ChannelDefinition>> SetChannelAsync(ChannelDefinition channel, bool? mustBe)
    {
        var there = Value.Channels.Exists(one => one.Name == channel.Name);
        if (!there && mustBe == true)
            return ChannelNotFound(channel.Name);
        if (there && mustBe == false)
            return new Problem(ProblemCodes.Conflict, $"There is a channel '{channel.Name}' already.");
        if (ChannelFaults.Of(channel) is { } fault)
            return fault;
        if (!there && Value.Channels.Count >= MaxChannels)
            return Full("channels", MaxChannels);
        await SaveAsync(Value with { Channels = [.. Value.Channels.Where(one => one.Name != channel.Name), channel] });
        Wake(channel.Name);
        return channel;
    }

    public async Task<Outcome<Done>> DeleteChannelAsync(string channel)
    {
        if (!Value.Channels.Exists(one => one.Name == channel))
            return ChannelNotFound(channel);
        if (Value.Rules.Find(rule => rule.Channels.Contains(channel)) is { } user)
            return new Problem(ProblemCodes.Conflict, $"The rule '{user.Id}' names the channel '{channel}'. Change the rule first.");
        await SaveAsync(Value with { Channels = [.. Value.Channels.Where(one => one.Name != channel)] });
        Wake(channel);
        return Done.Value;
    }

    /// <summary>A silence at most.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromDays(366);

    private AlertSettingsView View() => _view ??= new AlertSettingsView(
        // 0 is what those have who know nothing.
        Value.Revision + 1,
        [
            .. RuleTemplates.All.Select(template => Value.Rules.Find(rule => rule.Id == template.Id) ?? template),
            .. Value.Rules.Where(rule => !rule.Builtin).OrderBy(rule => rule.Id, StringComparer.Ordinal),
        ],
        Value.Silences, [.. Value.Channels.OrderBy(channel => channel.Name, StringComparer.Ordinal)]);

    private async Task SaveAsync(AlertSettingsState changed)
    {
        state.Value = changed with { Revision = changed.Revision + 1 };
        _view = null;
        await state.SaveAsync();
        await Context.Feeds.PublishAsync(
            AlertSettingsChange.Feed, Key, new FeedItem<AlertSettingsChange>(View().Revision, new AlertSettingsChange(View().Revision)));
    }

    private void Wake(string channel) => _ = Context.Grains.Get<IChannel>(GrainKeys.Join(Key, channel)).WakeAsync();

    private void WakeRule(RuleDefinition rule)
    {
        _ = Context.Grains.Get<IAlertRule>(GrainKeys.Join(Key, rule.Id)).WakeAsync();
        if (rule.Expression is not null)
            _ = Context.Grains.Get<IExpressionEvaluation>(GrainKeys.Join(Key, rule.Id)).WakeAsync(View().Revision);
    }

    private static Problem RuleNotFound(string rule) => new(ProblemCodes.RuleNotFound, $"There is no rule '{rule}'. GET /api/v1/rules lists them.");

    private static Problem ChannelNotFound(string channel) =>
        new(ProblemCodes.ChannelNotFound, $"There is no channel '{channel}'. GET /api/v1/channels lists them.");

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);

    private static Problem Full(string what, int most) =>
        new(ProblemCodes.QuotaExceeded, $"The tenant has {most} {what}, as many as it may. Delete one that is no longer needed.");
}
