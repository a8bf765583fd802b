namespace Outrider.Agent.Link;

/// <summary>
/// How far the agent's clock is off the centre's: the middle between asking and being answered, less the centre's time in the answer. The
/// error is half the round trip at most, so the quickest of the last answers counts. Thread-safe; knows no clock itself.
/// </summary>
public sealed class ClockOffset
{
    private const int Kept = 16;

    /// <summary>Answers that took longer tell nothing.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Queue<(double Offset, double Error)> _seen = [];

    /// <summary>Seconds, the agent's clock less the centre's; null before the first answer.</summary>
    public double? Seconds
    {
        get
        {
            lock (_lock)
                return _seen.Count > 0 ? _seen.MinBy(one => one.Error).Offset / 1000 : null;
        }
    }

    /// <summary>Takes an answer in.</summary>
    /// <param name="roundTrip">From asking to being answered.</param>
    /// <param name="receivedAt">The agent's clock at the answer, milliseconds since 1970-01-01 UTC.</param>
    /// <param name="centreAt">The centre's clock as the answer says, likewise.</param>
    public void Observe(TimeSpan roundTrip, long receivedAt, long centreAt)
    {
        if (roundTrip < TimeSpan.Zero || roundTrip > s_longest)
            return;
        // A millisecond more: the clocks are told in whole ones.
        var error = roundTrip.TotalMilliseconds / 2 + 1;
        var offset = receivedAt - roundTrip.TotalMilliseconds / 2 - centreAt;
        lock (_lock)
        {
            // Two that can't both be right: a clock was set between them.
            if (_seen.Any(one => Math.Abs(one.Offset - offset) > one.Error + error))
                _seen.Clear();
            _seen.Enqueue((offset, error));
            if (_seen.Count > Kept)
                _seen.Dequeue();
        }
    }
}
