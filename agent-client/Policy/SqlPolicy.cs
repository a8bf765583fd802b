using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Policy;

/// <summary>The policy for SQL. Limits can only be lowered below the standard ones.</summary>
public sealed record SqlPolicy
{
    /// <summary>Connections, and so statements at once, at most.</summary>
    public const int MaxConnections = 10;

    public bool Enabled { get; init; } = true;

    public int TimeoutMs { get; init; } = SqlLimits.Default.TimeoutMs;

    public int MaxRows { get; init; } = SqlLimits.Default.MaxRows;

    public int MaxBytes { get; init; } = SqlLimits.Default.MaxBytes;

    public int Connections { get; init; } = MaxConnections;

    /// <summary>The limits no task may pass.</summary>
    internal SqlLimits Limits => SqlLimits.Default.Lower(new() { TimeoutMs = TimeoutMs, MaxRows = MaxRows, MaxBytes = MaxBytes });

    internal string? Fault() =>
        TimeoutMs < 1 || MaxRows < 1 || MaxBytes < 1 ? "sql.timeout_ms, sql.max_rows and sql.max_bytes must be at least 1"
        : Connections is < 1 or > MaxConnections ? $"sql.connections must be 1 to {MaxConnections}"
        : null;
}
