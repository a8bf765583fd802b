using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Alerts;

/// <summary>
/// What a tenant wants to be told: its rules, silences and channels. Key: the tenant's id. Each change raises the revision, is told in the
/// feed <see cref="AlertSettingsChange.Feed"/> and reaches every evaluation, also those that missed the feed. It wakes them, so that
/// alerts go on after a restart.
/// </summary>
public interface IAlertSettings : IGrain
{
    /// <summary>Everything, or null when <paramref name="known"/> is the present revision.</summary>
    [Idempotent]
    Task<AlertSettingsView?> GetAsync(long known);

    /// <summary>
    /// Saves a rule. <paramref name="mustBe"/>: true: it must be there (<c>rule_not_found</c>); false: it must not (<c>conflict</c>);
    /// null: either. Also <c>invalid_argument</c>, <c>quota_exceeded</c>.
    /// </summary>
    Task<Outcome<RuleDefinition>> SetRuleAsync(RuleDefinition rule, bool? mustBe);

    /// <summary>Deletes a rule; what it fired is resolved. <c>rule_not_found</c>; <c>invalid_argument</c>: it is built in.</summary>
    [Idempotent]
    Task<Outcome<Done>> DeleteRuleAsync(string rule);

    /// <summary>Adds a silence, which gets its id here. <c>invalid_argument</c>, <c>quota_exceeded</c>.</summary>
    Task<Outcome<Silence>> AddSilenceAsync(Silence silence);

    /// <summary>Ends a silence now. <c>silence_not_found</c>.</summary>
    [Idempotent]
    Task<Outcome<Done>> DeleteSilenceAsync(string silence);

    /// <summary>Saves a channel; <paramref name="mustBe"/> as for rules. <c>channel_not_found</c>, <c>conflict</c>, <c>invalid_argument</c>, <c>quota_exceeded</c>.</summary>
    Task<Outcome<ChannelDefinition>> SetChannelAsync(ChannelDefinition channel, bool? mustBe);

    /// <summary>Deletes a channel; what waits in it is dropped. <c>channel_not_found</c>; <c>conflict</c>: a rule names it.</summary>
    [Idempotent]
    Task<Outcome<Done>> DeleteChannelAsync(string channel);
}
