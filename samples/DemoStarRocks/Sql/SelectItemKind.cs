namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>Kind of a <see cref="SelectItem"/>.</summary>
public enum SelectItemKind
{
    /// <summary>*.</summary>
    AllColumns,

    /// <summary>A column.</summary>
    Column,

    /// <summary>COUNT(*).</summary>
    Count,

    /// <summary>A function without arguments, or a @@variable.</summary>
    Function,

    /// <summary>A text or a number.</summary>
    Literal,
}
