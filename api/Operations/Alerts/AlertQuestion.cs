using Outrider.Grains.Alerts;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Which alerts, as callers ask. What is null is not asked for.</summary>
public sealed record AlertQuestion
{
    public string? Agent { get; init; }

    public string? Rule { get; init; }

    public AlertSeverity? Severity { get; init; }

    public bool? Acknowledged { get; init; }

    /// <summary>For the history: RFC 3339.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>Such as 7d, which is also what holds without any.</summary>
    public string? Period { get; init; }

    /// <summary>The id of the alert after which the page begins.</summary>
    public string? After { get; init; }

    public int? Limit { get; init; }
}
