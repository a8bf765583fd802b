namespace Outrider.Grains.Metrics.Queries;

/// <summary>Where values go: they rise or fall when they change by more than 10 %.</summary>
public enum Trend
{
    Falling,
    Steady,
    Rising,
}
