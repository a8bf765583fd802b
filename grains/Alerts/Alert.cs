using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts;

/// <summary>One rule being true for one subject of one agent, from when it fired until it is resolved and as long as it is remembered.</summary>
public sealed record Alert
{
    /// <summary>32 hexadecimal digits, made of what the alert is about and when it began: the same alert has the same id, however often it is told.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's name when the alert fired.</summary>
    public required string RuleName { get; init; }

    public required AlertSeverity Severity { get; init; }

    /// <summary>The agent's name; empty for a rule over several agents.</summary>
    public required string Agent { get; init; }

    /// <summary>What was measured.</summary>
    public required string Metric { get; init; }

    /// <summary>The subject: what tells it from others of the metric and agent.</summary>
    public List<Label> Labels { get; init; } = [];

    /// <summary>The rule's condition as a person reads it, such as <c>host_cpu_percent_normalized &gt; 80 for 5m</c>.</summary>
    public required string Condition { get; init; }

    /// <summary>The rule's own words, filled in; null: it has none.</summary>
    public string? Summary { get; init; }

    public AlertState State { get; init; }

    /// <summary>What was compared when it fired; once resolved, <see cref="ResolvedValue"/> is what was then.</summary>
    public double Value { get; init; }

    public double Threshold { get; init; }

    /// <summary>When the condition began to be true.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset FiredAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public double? ResolvedValue { get; init; }

    public ResolveReason? Reason { get; init; }

    /// <summary>When somebody took it on: it is not told again until it is resolved.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? Note { get; init; }

    /// <summary>When it was put into the outbox last; null: never, because it was silenced or nobody listens.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }

    /// <summary>The channels it was told to, which are told its end as well.</summary>
    public List<string> ToldTo { get; init; } = [];

    /// <summary>How often it was told while it fired.</summary>
    public int Notified { get; init; }

    /// <summary>The silence that keeps it quiet now; null: none.</summary>
    public string? SilencedBy { get; init; }

    /// <summary>When anything about it changed last.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}
