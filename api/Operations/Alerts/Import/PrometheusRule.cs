namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>A rule of a Prometheus rule file, as it is written there.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Alert">The alert's name; for one that can't be read whatever names it.</param>
/// <param name="Expression">PromQL.</param>
internal sealed record PrometheusRule(string Group, string Alert, string Expression)
{
    /// <summary>Of the group; null: not said.</summary>
    public string? Interval { get; init; }

    public string? For { get; init; }

    public string? KeepFiringFor { get; init; }

    public Dictionary<string, string> Labels { get; init; } = [];

    public Dictionary<string, string> Annotations { get; init; } = [];

    /// <summary>Why it can't be taken, found while it was read; null: nothing so far.</summary>
    public string? Fault { get; init; }
}
