using System.Text.Json.Serialization;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>
/// How time has passed for a stream of samples, in milliseconds of the samples' own times. Where nothing was measured for much longer than
/// usual - the agent was down, or the centre was and the samples are lost - no time has passed: it counts towards no hold time.
/// </summary>
/// <param name="Time">The newest sample's; 0: there was none.</param>
/// <param name="Outage">How much of the time since 1970 did not pass.</param>
/// <param name="Gap">Between the two newest times.</param>
public readonly record struct Timeline(long Time, long Outage, long Gap)
{
    /// <summary>A gap up to this never counts as an outage.</summary>
    public const long ShortGap = 60_000;

    /// <summary>A gap of so many times the one before doesn't either: some agents report every five minutes.</summary>
    private const double Tolerance = 2.5;

    /// <summary>The time that has passed.</summary>
    [JsonIgnore]
    public long Active => Time - Outage;

    /// <summary>The timeline when a sample of <paramref name="time"/> has come. An older one changes nothing.</summary>
    public Timeline Advance(long time)
    {
        if (time <= Time)
            return this;
        if (Time == 0)
            return new Timeline(time, 0, 0);
        var gap = time - Time;
        var passed = gap <= Math.Max(ShortGap, Tolerance * Gap);
        return new Timeline(time, passed ? Outage : Outage + gap, gap);
    }

    /// <summary>What a sample's time is on this line.</summary>
    public long At(long time) => time - Outage;
}
