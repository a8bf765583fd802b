using System.Globalization;

namespace Outrider.Api.Prometheus;

/// <summary>Numbers as Prometheus writes them: the fewest digits that read back as the same, without an exponent from 1e-6 to below 1e21.</summary>
internal static class GoNumber
{
    public static string Text(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => Finite(value),
    };

    private static string Finite(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (!text.Contains('E', StringComparison.Ordinal))
            return text;
        // A decimal holds all digits of such a number, and never has an exponent.
        return Math.Abs(value) is >= 1e-6 and < 1e21
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : text.Replace('E', 'e');
    }
}
