namespace Outrider.Tests.Cluster.Conformance;

/// <summary>
/// A clock whose timers come a millisecond late, as the system's do. Orleans' reminders wait for whole milliseconds and then, in a loop that
/// doesn't yield, for the clock to pass what is left: on one that stands still between its timers they would wait for ever.
/// </summary>
internal sealed class LateTime(TimeProvider time) : TimeProvider
{
    public static readonly TimeSpan Late = TimeSpan.FromMilliseconds(1);

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime + Late : dueTime, period);
}
