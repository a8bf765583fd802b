using System.Globalization;
using Outrider.Grains.Metrics.PromQl;

namespace Outrider.Grains.Alerts.Rules;

/// <summary>Lengths of time as rules have them: <c>90s</c>, <c>5m</c>, <c>1h30m</c>, or plain seconds.</summary>
public static class RuleDurations
{
    public const string Rule = "a length of time such as 90s, 5m or 1h30m, or a whole number of seconds";

    private const int MaxLength = 32;

    /// <summary>Whole seconds, 0 or more.</summary>
    public static bool TryParse(string? text, out int seconds)
    {
        seconds = 0;
        if (text is not { Length: > 0 and <= MaxLength })
            return false;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
            return true;
        if (!Durations.TryParse(text, out var milliseconds) || milliseconds % 1_000 != 0 || milliseconds / 1_000 > int.MaxValue)
            return false;
        seconds = (int)(milliseconds / 1_000);
        return true;
    }

    /// <summary>In the largest units: 90 is <c>1m30s</c>.</summary>
    /// <param name="seconds">0 or more.</param>
    public static string Text(int seconds) => seconds == 0 ? "0s" : Durations.Text(seconds * 1_000L);
}
