using System.Globalization;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>Points in time as callers write them (RFC 3339) and as the store counts them (milliseconds since 1970-01-01 UTC).</summary>
public static class Times
{
    public const string Rule = "RFC 3339, such as 2026-01-31T08:00:00Z (in an address write the '+' of a zone as %2B)";

    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>False also for times before 1970, which nothing was measured at.</summary>
    public static bool TryParse(string? text, out long milliseconds)
    {
        milliseconds = 0;
        if (!DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        milliseconds = time.ToUnixTimeMilliseconds();
        return milliseconds is >= 0 and <= MetricLimits.LastTime;
    }

    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
