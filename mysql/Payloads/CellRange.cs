namespace Outrider.MySql.Payloads;

/// <summary>Where a cell's bytes lie within its row.</summary>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="Length">Number of bytes; negative for NULL.</param>
public readonly record struct CellRange(int Start, int Length)
{
    /// <summary>The cell of a NULL.</summary>
    public static CellRange Null => new(0, -1);

    /// <summary>Whether the cell is NULL.</summary>
    public bool IsNull => Length < 0;
}
