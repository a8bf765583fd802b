using System.Globalization;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tenancy;

/// <summary>
/// The queries of a month, counted so that a crash never forgets one without a save per query: <see cref="Reserved"/> is saved ahead
/// of <see cref="Used"/>, and after a crash counting goes on from there.
/// </summary>
/// <param name="Month">yyyy-MM in UTC.</param>
/// <param name="Used">Counted in this month.</param>
/// <param name="Reserved">Saved; never below <paramref name="Used"/>.</param>
public sealed record QueryCount(string Month, long Used, long Reserved)
{
    /// <summary>Queries reserved ahead at most, so at most these are counted too many after a crash.</summary>
    public const int MaxAhead = 100;

    /// <summary>The count at <paramref name="at"/>: itself, or nothing once a new month has begun.</summary>
    public QueryCount At(DateTimeOffset at) => MonthOf(at) is var month && month == Month ? this : new QueryCount(month, 0, 0);

    /// <summary>
    /// Counts. The result must be saved before the queries run if its <see cref="Month"/> or <see cref="Reserved"/> is another than
    /// before. <c>quota_exceeded</c> when they don't fit, with the seconds until the month ends.
    /// </summary>
    public Outcome<QueryCount> Add(int queries, long? quota, DateTimeOffset at)
    {
        var now = At(at);
        var used = now.Used + queries;
        if (used > quota)
        {
            return new Problem(ProblemCodes.QuotaExceeded,
                $"This tenant may run {quota} queries a month and has run {now.Used} in {now.Month}. "
                + "Wait for the next month (UTC), or ask the operator of this centre for a larger quota.")
            {
                RetryAfterSeconds = SecondsUntilNextMonth(at),
            };
        }
        return now with { Used = used, Reserved = used <= now.Reserved ? now.Reserved : used + Ahead(quota - used) };
    }

    /// <summary>yyyy-MM in UTC.</summary>
    public static string MonthOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    // A tenth of what is left near the quota's end: a crash there must not eat the rest of the month.
    private static long Ahead(long? left) => left is null ? MaxAhead : Math.Min(MaxAhead, left.Value / 10);

    private static int SecondsUntilNextMonth(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        var next = new DateTime(utc.Year, utc.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
        return (int)Math.Ceiling((next - utc).TotalSeconds);
    }
}
