using System.Globalization;

namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>Order of cells: two numbers as numbers, all else as text; NULL first.</summary>
public static class CellComparer
{
    /// <summary>Less than, equal to or greater than 0, as usual.</summary>
    public static int Compare(string? left, string? right) =>
        decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var leftNumber)
        && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var rightNumber)
            ? leftNumber.CompareTo(rightNumber)
            : string.CompareOrdinal(left, right);
}
