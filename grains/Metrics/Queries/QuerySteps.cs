using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>
/// Which steps a query answers in. A step is its length in milliseconds; <see cref="Raw"/> stands for the samples as they came.
/// </summary>
public static class QuerySteps
{
    public const long Raw = 0;

    public const string RawName = "raw";

    public const string Rule = "raw, 10s, 1m, 5m, 15m, 30m, 1h, 2h, 6h or 1d";

    /// <summary>Steps of one series in an answer at most.</summary>
    public const int MaxPoints = 11_000;

    /// <summary>Raw samples are given for a stretch so long at most.</summary>
    public const long MaxRawLength = Periods.Day;

    private static readonly long[] s_allowed =
    [
        10 * Periods.Second, Periods.Minute, 5 * Periods.Minute, 15 * Periods.Minute, 30 * Periods.Minute, Periods.Hour, 2 * Periods.Hour,
        6 * Periods.Hour, Periods.Day,
    ];

    /// <summary>
    /// The step of a stretch of time unless the caller says otherwise: raw up to an hour, 5 minutes up to a day, 30 minutes up to a week,
    /// 2 hours up to 30 days, then a day.
    /// </summary>
    public static long Default(long length) =>
        length <= Periods.Hour ? Raw
        : length <= Periods.Day ? 5 * Periods.Minute
        : length <= 7 * Periods.Day ? 30 * Periods.Minute
        : length <= 30 * Periods.Day ? 2 * Periods.Hour
        : Periods.Day;

    /// <summary>The finest step that cuts a stretch of time into so many at most.</summary>
    public static long ForCount(long length, int count) =>
        Array.Find(s_allowed, step => length <= step * count) is > 0 and var step ? step : s_allowed[^1];

    /// <summary>What the caller asked for; null: <see cref="Default"/>. Problem: <see cref="ProblemCodes.InvalidArgument"/>.</summary>
    public static Outcome<long> Parse(string? text, long length)
    {
        if (text is null)
            return Default(length);
        if (text == RawName)
        {
            return length <= MaxRawLength ? Raw : QueryProblem.Of(
                $"Raw samples are given for {Periods.Text(MaxRawLength)} at once at most. Ask for less time or for steps, such as step=1m.");
        }
        if (!Periods.TryParse(text, out var step) || !s_allowed.Contains(step))
            return QueryProblem.Of("step", text, Rule);
        return length / step <= MaxPoints ? step : QueryProblem.Of(
            $"That are {length / step} steps; at most {MaxPoints} are given. Ask for less time or for longer steps.");
    }

    /// <summary>
    /// The finest step that a tenant still has from a time on, when it asks for <paramref name="step"/>: what is old is kept in coarser
    /// steps only.
    /// </summary>
    public static long AtLeastKept(long step, MetricPolicy policy, long from, long now)
    {
        var age = now - from;
        return Math.Max(step,
            age > policy.FiveMinuteDays * Periods.Day ? 2 * Periods.Hour
            : age > policy.MinuteDays * Periods.Day ? 5 * Periods.Minute
            : age > policy.RawHours * Periods.Hour ? Periods.Minute
            : step);
    }

    /// <summary>A step as callers write it.</summary>
    public static string Text(long step) => step == Raw ? RawName : Periods.Text(step);
}
