using System.Globalization;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Numbers as Go reads them: <c>0x1f</c>, and <c>017</c> in base 8.</summary>
internal static class NumberText
{
    private const NumberStyles Decimal = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryParse(string text, out double value)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (isHex)
        {
            var parsed = long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var integer);
            value = integer;
            return parsed && integer >= 0;
        }
        if (text.Length is > 1 and < 22 && text[0] == '0' && !text.AsSpan().ContainsAnyExceptInRange('0', '7'))
        {
            value = text.Aggregate(0L, static (sum, digit) => sum * 8 + (digit - '0'));
            return true;
        }
        return double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value);
    }
}
