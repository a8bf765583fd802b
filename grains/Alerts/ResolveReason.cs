namespace Outrider.Grains.Alerts;

/// <summary>Why an alert ended.</summary>
public enum ResolveReason
{
    /// <summary>The rule's condition was no longer true.</summary>
    Recovered,

    /// <summary>What the alert was about is no longer measured, though its agent measures.</summary>
    NoData,

    /// <summary>The rule was changed, disabled or deleted, or names this agent no more.</summary>
    RuleChanged,

    /// <summary>The agent was revoked.</summary>
    AgentRemoved,
}
