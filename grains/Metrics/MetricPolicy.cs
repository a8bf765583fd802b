namespace Outrider.Grains.Metrics;

/// <summary>How long a tenant's metrics are kept, and how many series it may have. Each resolution is kept at least this long.</summary>
public sealed record MetricPolicy(
    int RawHours = MetricPolicy.DefaultRawHours,
    int MinuteDays = MetricPolicy.DefaultMinuteDays,
    int FiveMinuteDays = MetricPolicy.DefaultFiveMinuteDays,
    int TwoHourDays = MetricPolicy.DefaultTwoHourDays,
    int MaxSeries = MetricPolicy.DefaultMaxSeries)
{
    public const int DefaultRawHours = 24;
    public const int DefaultMinuteDays = 7;
    public const int DefaultFiveMinuteDays = 30;
    public const int DefaultTwoHourDays = 365;
    public const int DefaultMaxSeries = 100_000;

    private const int MaxDays = 3_650;
    private const int MostSeries = 2_000_000;

    /// <summary>What can't be, in words that say what to change; null when nothing.</summary>
    public string? Fault() =>
        RawHours is < 2 or > 24 * MaxDays ? $"raw_hours must be from 2 to {24 * MaxDays}"
        : MinuteDays < 2 || MinuteDays * 24 < RawHours ? "minute_days must be at least 2 and not less than raw_hours"
        : FiveMinuteDays < MinuteDays ? "five_minute_days must not be less than minute_days"
        : TwoHourDays < FiveMinuteDays || TwoHourDays > MaxDays ? $"two_hour_days must not be less than five_minute_days, nor above {MaxDays}"
        : MaxSeries is < 1 or > MostSeries ? $"max_series must be from 1 to {MostSeries}"
        : null;
}
