namespace Outrider.Protocol.Metrics;

/// <summary>What one metric batch may hold. A sender that has more makes several batches.</summary>
public static class MetricLimits
{
    public const int BatchBytes = 1024 * 1024;
    public const int Series = 20_000;
    public const int Samples = 200_000;

    /// <summary>Different strings: metric names, label names and label values together.</summary>
    public const int Strings = 65_536;

    /// <summary>Labels of one series.</summary>
    public const int Labels = 32;

    /// <summary>Characters of a metric's or label's name.</summary>
    public const int NameLength = 128;

    /// <summary>UTF-8 bytes of a label's value.</summary>
    public const int LabelValueBytes = 1024;

    public const int Processes = 4_096;

    /// <summary>UTF-8 bytes of a process's name, category, command or folder.</summary>
    public const int ProcessTextBytes = 4_096;

    /// <summary>The last millisecond of the year 9999; times are from 0, the start of 1970, to here.</summary>
    public const long LastTime = 253_402_300_799_999;
}
