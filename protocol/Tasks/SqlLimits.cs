namespace Outrider.Protocol.Tasks;

/// <summary>What one query may take. A caller can only lower them; the agent's own limits win.</summary>
public sealed record SqlLimits
{
    public static SqlLimits Default { get; } = new();

    /// <summary>Milliseconds from start to last row; then the query is killed.</summary>
    public int TimeoutMs { get; init; } = 30_000;

    /// <summary>Rows sent; the rest isn't read and the result is marked truncated.</summary>
    public int MaxRows { get; init; } = 10_000;

    /// <summary>Bytes of the encoded row set; at the row that would pass it the result is cut and marked truncated.</summary>
    public int MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The lower of the two in every field.</summary>
    public SqlLimits Lower(SqlLimits other) => new()
    {
        TimeoutMs = Math.Min(TimeoutMs, other.TimeoutMs),
        MaxRows = Math.Min(MaxRows, other.MaxRows),
        MaxBytes = Math.Min(MaxBytes, other.MaxBytes),
    };
}
