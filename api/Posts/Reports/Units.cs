namespace Outrider.Api.Posts.Reports;

/// <summary>From the units of older senders to ours: bytes and percent.</summary>
internal static class Units
{
    public const double Kb = 1024;
    public const double Mb = 1024 * 1024;

    private const double MaxBytes = 1L << 60;

    /// <summary>Bytes of a size in <paramref name="unit"/>; null: unknown.</summary>
    /// <exception cref="FormatException">It is negative or no size; the words are for the sender.</exception>
    public static long? Bytes(double? size, double unit, string member) =>
        NotNegative(size, member) * unit is not { } bytes ? null
        : bytes <= MaxBytes ? (long)Math.Round(bytes)
        : throw new FormatException($"'{member}' is too large; it is in units of {unit} bytes");

    /// <summary>The same number.</summary>
    /// <exception cref="FormatException">It is negative or infinite.</exception>
    public static double? NotNegative(double? value, string member) =>
        value is null || (double.IsFinite(value.Value) && value >= 0) ? value
        : throw new FormatException($"'{member}' is negative or no number; leave out what isn't known");
}
