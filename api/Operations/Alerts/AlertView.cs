using Outrider.Grains.Alerts;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Alerts;

/// <summary>An alert as front doors show it. A value that is no finite number is null.</summary>
public sealed record AlertView
{
    public required string Id { get; init; }

    public required string Rule { get; init; }

    public required string RuleName { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required AlertState State { get; init; }

    /// <summary>Empty for a rule over several agents.</summary>
    public required string Agent { get; init; }

    public required string Metric { get; init; }

    public required Dictionary<string, string> Labels { get; init; }

    public required string Condition { get; init; }

    public string? Summary { get; init; }

    public double? Value { get; init; }

    public double? Threshold { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset FiredAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public double? ResolvedValue { get; init; }

    public ResolveReason? Reason { get; init; }

    public bool Acknowledged { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? Note { get; init; }

    /// <summary>The silence that keeps it quiet now.</summary>
    public string? SilencedBy { get; init; }

    public DateTimeOffset? NotifiedAt { get; init; }

    /// <summary>How often it was told while it fired.</summary>
    public int Notified { get; init; }

    public static AlertView Of(Alert alert) => new()
    {
        Id = alert.Id,
        Rule = alert.Rule,
        RuleName = alert.RuleName,
        Severity = alert.Severity,
        State = alert.State,
        Agent = alert.Agent,
        Metric = alert.Metric,
        Labels = LabelsOf(alert.Labels),
        Condition = alert.Condition,
        Summary = alert.Summary,
        Value = Finite(alert.Value),
        Threshold = Finite(alert.Threshold),
        StartedAt = alert.StartedAt,
        FiredAt = alert.FiredAt,
        ResolvedAt = alert.ResolvedAt,
        ResolvedValue = Finite(alert.ResolvedValue),
        Reason = alert.Reason,
        Acknowledged = alert.AcknowledgedAt is not null,
        AcknowledgedAt = alert.AcknowledgedAt,
        AcknowledgedBy = alert.AcknowledgedBy,
        Note = alert.Note,
        SilencedBy = alert.SilencedBy,
        NotifiedAt = alert.NotifiedAt,
        Notified = alert.Notified,
    };

    internal static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    internal static Dictionary<string, string> LabelsOf(IEnumerable<Label> labels) =>
        labels.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal);
}
