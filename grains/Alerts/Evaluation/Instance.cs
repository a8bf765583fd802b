namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>What is remembered of one rule for one subject.</summary>
/// <param name="State">How it stands.</param>
/// <param name="SampleAt">The time of the newest sample that was taken; 0: none was.</param>
/// <param name="SeenAt">The same on the <see cref="Timeline"/>.</param>
/// <param name="Interval">Between the two newest samples, on the timeline.</param>
/// <param name="Window">Samples kept for the rule's window.</param>
public sealed record Instance(InstanceState State, long SampleAt, long SeenAt, long Interval, SampleWindow Window)
{
    /// <summary>Without a sample for so long - or 2.5 of its intervals - while its agent measures, a subject is gone.</summary>
    public const long GoneAfter = 300_000;

    private const double Tolerance = 2.5;

    public static Instance New { get; } = new(InstanceState.Inactive.Value, 0, 0, 0, SampleWindow.Empty);

    /// <summary>Whether something hangs on it: an alert fires or may fire soon.</summary>
    public bool IsLively => State is InstanceState.Pending or InstanceState.Firing;

    /// <summary>Whether the subject is no longer measured.</summary>
    public bool IsGone(Timeline clock) => SampleAt > 0 && clock.Active - SeenAt >= Math.Max(GoneAfter, Tolerance * Interval);
}
