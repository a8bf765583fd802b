namespace Outrider.Grains.Metrics;

/// <summary>Prometheus' four ways to compare a label. A label that a series hasn't counts as empty.</summary>
public enum MatchOperator
{
    /// <summary>=</summary>
    Equal,

    /// <summary>!=</summary>
    NotEqual,

    /// <summary>=~: the whole value matches the regular expression.</summary>
    Matches,

    /// <summary>!~</summary>
    NotMatches,
}
