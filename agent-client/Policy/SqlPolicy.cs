using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Policy;

/// <summary>The policy for SQL. Limits can only be lowered below the standard ones.</summary>
/// <param name="Enabled">False: the agent runs no SQL and tells the centre it can't.</param>
/// <param name="Connections">Connections, and so statements at once, at most.</param>
public sealed record SqlPolicy(
    bool Enabled = true, int? TimeoutMs = null, int? MaxRows = null, int? MaxBytes = null, int Connections = SqlPolicy.MaxConnections)
{
    /// <summary>No policy can allow more connections than this.</summary>
    public const int MaxConnections = 10;

    /// <summary>The limits no task may pass.</summary>
    internal SqlLimits Limits => SqlLimits.Default.Lower(new(
        TimeoutMs ?? SqlLimits.Default.TimeoutMs, MaxRows ?? SqlLimits.Default.MaxRows, MaxBytes ?? SqlLimits.Default.MaxBytes));

    internal string? Fault() =>
        TimeoutMs < 1 || MaxRows < 1 || MaxBytes < 1 ? "sql.timeout_ms, sql.max_rows and sql.max_bytes must be at least 1"
        : Connections is < 1 or > MaxConnections ? $"sql.connections must be 1 to {MaxConnections}"
        : null;
}
