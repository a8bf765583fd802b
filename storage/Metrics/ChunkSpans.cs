namespace Outrider.Storage.Metrics;

/// <summary>How much time a chunk of each level covers (its window), and the step of the roll-ups. Windows are counted from 1970.</summary>
internal static class ChunkSpans
{
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    /// <summary>Window of folded, raw and minute chunks.</summary>
    public const long RawWindow = 2 * Hour;

    public const int RawWindowsPerDay = (int)(Day / RawWindow);

    /// <summary>Days in a chunk of two-hour steps.</summary>
    public const int DaysPerTwoHourWindow = 32;

    /// <summary>Series of compacted chunks: consecutive ordinals, so many to a chunk.</summary>
    public const int SeriesPerPart = 32;

    public static long Window(ChunkLevel level) => level switch
    {
        ChunkLevel.FiveMinutes => Day,
        ChunkLevel.TwoHours => DaysPerTwoHourWindow * Day,
        _ => RawWindow,
    };

    public static long Step(ChunkLevel level) => level switch
    {
        ChunkLevel.Minute => Minute,
        ChunkLevel.FiveMinutes => 5 * Minute,
        ChunkLevel.TwoHours => 2 * Hour,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Raw samples have no step."),
    };

    public static int WindowOf(ChunkLevel level, long time) => (int)(time / Window(level));
}
