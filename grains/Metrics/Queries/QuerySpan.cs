using System.Globalization;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>The stretch of time that a query is about: from <paramref name="From"/> until before <paramref name="To"/>.</summary>
public readonly record struct QuerySpan(long From, long To)
{
    /// <summary>What a query without times is about.</summary>
    public const long DefaultLength = Periods.Hour;

    /// <summary>What may always be asked for, and what may at most.</summary>
    private const int SureDays = 30;
    private const int MostDays = 365;

    public long Length => To - From;

    /// <summary>The stretch of the same length just before this one.</summary>
    public QuerySpan Before => new(From - Length, From);

    /// <summary>How long a stretch may be: 30 days, or as long as the two-hour steps are kept, up to 365 days.</summary>
    public static long MaxLength(MetricPolicy policy) => Math.Clamp(policy.TwoHourDays, SureDays, MostDays) * Periods.Day;

    /// <summary>
    /// Reads <c>from</c> with <c>to</c>, or <c>period</c> with one of them or neither; what is left out ends now, and lasts
    /// <see cref="DefaultLength"/>. Problem: <see cref="ProblemCodes.InvalidArgument"/>.
    /// </summary>
    /// <param name="from">RFC 3339, or null.</param>
    /// <param name="to">RFC 3339, or null.</param>
    /// <param name="period">As <see cref="Periods"/>, or null.</param>
    /// <param name="now">The centre's clock.</param>
    /// <param name="maxLength">As <see cref="MaxLength"/>.</param>
    public static Outcome<QuerySpan> Parse(string? from, string? to, string? period, long now, long maxLength)
    {
        long begin = 0, end = now, length = DefaultLength;
        if (from is not null && !Times.TryParse(from, out begin))
            return QueryProblem.Of("from", from, Times.Rule);
        if (to is not null && !Times.TryParse(to, out end))
            return QueryProblem.Of("to", to, Times.Rule);
        if (period is not null && !Periods.TryParse(period, out length))
            return QueryProblem.Of("period", period, Periods.Rule);
        if (from is not null && period is not null)
        {
            if (to is not null)
                return QueryProblem.Of("Give from and to, or period with one of them; all three together may contradict each other.");
            end = begin + length;
        }
        return Of(from is null ? end - length : begin, end, maxLength);
    }

    /// <summary>Reads <c>from/to</c>, both RFC 3339. Problem: <see cref="ProblemCodes.InvalidArgument"/>.</summary>
    public static Outcome<QuerySpan> ParseInterval(string text, long maxLength)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && Times.TryParse(parts[0], out var from) && Times.TryParse(parts[1], out var to)
            ? Of(from, to, maxLength)
            : QueryProblem.Of("periods", text, "two times with a '/' between, each RFC 3339, such as 2026-01-30T00:00:00Z/2026-01-31T00:00:00Z");
    }

    private static Outcome<QuerySpan> Of(long from, long to, long maxLength)
    {
        if (to <= from)
            return QueryProblem.Of("The end (to) must be after the beginning (from).");
        if (to - from > maxLength)
        {
            return QueryProblem.Of(string.Create(CultureInfo.InvariantCulture,
                $"At most {maxLength / Periods.Day} days can be asked for at once. Ask for less, or for one part after the other."));
        }
        return from < 0 ? QueryProblem.Of("The beginning (from) must not be before 1970.") : new QuerySpan(from, to);
    }
}
