namespace Outrider.Protocol.Metrics;

/// <summary>
/// Which names metrics and labels may have: Prometheus' classic rules (https://prometheus.io/docs/concepts/data_model/), and two labels
/// that the centre sets.
/// </summary>
public static class MetricNames
{
    /// <summary>The label that says which agent a series is of. The centre sets it from the agent's credential.</summary>
    public const string AgentLabel = "agent";

    /// <summary>Set by nobody: the tenant of a query comes from its credential, and a label that looks like it would mislead.</summary>
    public const string TenantLabel = "tenant";

    public const string MetricRule = "1 to 128 ASCII letters, digits, '_' or ':', not beginning with a digit";

    public const string LabelRule =
        "1 to 128 ASCII letters, digits or '_', not beginning with a digit or '__', and not 'agent' or 'tenant'";

    public static bool IsMetric(string? name) => IsName(name, colonAllowed: true);

    /// <summary>Whether a batch may carry a label of this name.</summary>
    public static bool IsLabel(string? name) =>
        IsName(name, colonAllowed: false) && !name!.StartsWith("__", StringComparison.Ordinal) && name is not (AgentLabel or TenantLabel);

    private static bool IsName(string? name, bool colonAllowed)
    {
        if (name is not { Length: > 0 and <= MetricLimits.NameLength } || char.IsAsciiDigit(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_' && !(colonAllowed && c == ':'))
                return false;
        }
        return true;
    }
}
