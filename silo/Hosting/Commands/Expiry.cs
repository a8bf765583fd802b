using System.Globalization;

namespace Outrider.Silo.Hosting.Commands;

/// <summary>Reads <c>--expires</c>.</summary>
public static class Expiry
{
    /// <summary>Null for null. Throws <see cref="FormatException"/> with what it should be.</summary>
    public static DateTimeOffset? Parse(string? text, DateTimeOffset now)
    {
        if (text is null)
            return null;
        if (text.Length is >= 2 and <= 6 && int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            TimeSpan? span = text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'w' => TimeSpan.FromDays(7 * count),
                _ => null,
            };
            if (span is not null)
                return now + span;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : throw new FormatException($"--expires '{text}' must be like 90d, 12h, 30m or 2027-01-31T00:00:00Z.");
    }
}
