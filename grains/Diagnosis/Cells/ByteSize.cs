using System.Buffers;
using System.Globalization;

namespace Outrider.Grains.Diagnosis.Cells;

/// <summary>Sizes as StarRocks displays them: <c>25.122 GB</c>, <c>15.6GB</c>, <c>0.000 B</c>. A unit is 1024 of the one before.</summary>
public static class ByteSize
{
    public const long GB = 1L << 30;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>Bytes; null when it is missing, has no unit or an unknown one, is negative or beyond 64 bits.</summary>
    public static long? Parse(string? cell)
    {
        if (Cell.Text(cell) is not { } text)
            return null;
        var digits = text.AsSpan().IndexOfAnyExcept(s_digits);
        if (digits <= 0)
            return null;
        if (!decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var power = Power(text.AsSpan(digits).Trim());
        if (power < 0)
            return null;
        var factor = 1L << (10 * power);
        return number <= (decimal)long.MaxValue / factor ? (long)(number * factor) : null;
    }

    /// <summary>For people: <c>1.97 TB</c>.</summary>
    public static string Format(double bytes)
    {
        var power = 0;
        while (bytes >= 1024 && power < s_units.Length - 1)
        {
            bytes /= 1024;
            power++;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.##} {s_units[power]}");
    }

    private static int Power(ReadOnlySpan<char> unit)
    {
        if (unit.Equals("Bytes", StringComparison.OrdinalIgnoreCase))
            return 0;
        for (var i = 0; i < s_units.Length; i++)
        {
            if (unit.Equals(s_units[i], StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }
}
