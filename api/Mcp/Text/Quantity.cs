using System.Globalization;
using Outrider.Grains.Diagnosis.Cells;

namespace Outrider.Api.Mcp.Text;

/// <summary>Numbers of metrics with their unit in words, and times.</summary>
internal static class Quantity
{
    private const string Bytes = "bytes";
    private const int Digits = 4;

    /// <summary>Such as <c>23.4 percent</c> or <c>1.5 MB per second</c>; <c>none</c> when it isn't known.</summary>
    public static string Of(double? value, string unit)
    {
        if (value is not { } number)
            return "none";
        // 1 024 is where a smaller unit becomes hard to read.
        if (unit.StartsWith(Bytes, StringComparison.Ordinal) && Math.Abs(number) >= 1024)
            return (number < 0 ? "-" : "") + ByteSize.Format(Math.Abs(number)) + unit[Bytes.Length..];
        return $"{Number(number)} {unit}".TrimEnd();
    }

    /// <summary>Four digits that count, or all before the point.</summary>
    public static string Number(double value)
    {
        var before = value == 0 ? 1 : Math.Max(1, (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1);
        var text = value.ToString(Math.Abs(value) is >= 0.001 or 0 ? $"F{Math.Max(0, Digits - before)}" : "G3", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) && !text.Contains('E', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(time.UtcDateTime.Second == 0 ? "yyyy-MM-dd HH:mm'Z'" : "yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Percent(double? value) => value is { } number ? $"{Number(number)} percent" : "";
}
