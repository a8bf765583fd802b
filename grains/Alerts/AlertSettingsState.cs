using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;

namespace Outrider.Grains.Alerts;

/// <summary>What is kept of a tenant's alert settings.</summary>
public sealed record AlertSettingsState
{
    /// <summary>Rises by one with each change.</summary>
    public long Revision { get; init; }

    /// <summary>Rules that somebody has written; a built-in one that was changed stands here for the template.</summary>
    public List<RuleDefinition> Rules { get; init; } = [];

    public List<Silence> Silences { get; init; } = [];

    public List<ChannelDefinition> Channels { get; init; } = [];
}
