using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;

namespace Outrider.Grains.Alerts;

/// <summary>A tenant's rules, silences and channels at one revision. Nobody changes the lists.</summary>
public sealed record AlertSettingsView(
    long Revision, IReadOnlyList<RuleDefinition> Rules, IReadOnlyList<Silence> Silences, IReadOnlyList<ChannelDefinition> Channels);
