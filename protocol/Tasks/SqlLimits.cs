namespace Outrider.Protocol.Tasks;

/// <summary>What one query may take. A caller can only lower them; the agent's own limits win.</summary>
/// <param name="TimeoutMs">Milliseconds from start to last row; then the query is killed.</param>
/// <param name="MaxRows">Rows sent; the rest isn't read and the result is marked truncated.</param>
/// <param name="MaxBytes">Bytes of the encoded row set; at the row that would pass it the result is cut and marked truncated.</param>
/// <remarks>The defaults are the constructor's, because those also hold for members that a JSON text leaves out.</remarks>
public sealed record SqlLimits(int TimeoutMs = 30_000, int MaxRows = 10_000, int MaxBytes = 16 * 1024 * 1024)
{
    public static SqlLimits Default { get; } = new();

    /// <summary>The lower of the two in every field.</summary>
    public SqlLimits Lower(SqlLimits other) => new(
        Math.Min(TimeoutMs, other.TimeoutMs), Math.Min(MaxRows, other.MaxRows), Math.Min(MaxBytes, other.MaxBytes));
}
