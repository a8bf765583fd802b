namespace Outrider.Grains.Alerts.Rules;

/// <summary>How large the parts of a rule may be.</summary>
public static class RuleLimits
{
    public const int Id = 64;
    public const int Name = 200;
    public const int Description = 2_000;
    public const int Summary = 1_000;

    /// <summary>Patterns of agents.</summary>
    public const int Agents = 50;
    public const int Channels = 20;
    public const int Labels = 32;

    public const int WindowSeconds = 3_600;

    /// <summary>Of the time a condition must hold, and of the time it must be gone.</summary>
    public const int HoldSeconds = 86_400;

    /// <summary>Shorter than that, a late report would look like none.</summary>
    public const int MinAbsentSeconds = 30;

    public const int MinIntervalSeconds = 15;
    public const int MaxIntervalSeconds = 3_600;

    /// <summary>A week.</summary>
    public const int RepeatMinutes = 10_080;
    public const int GroupSeconds = 300;
}
