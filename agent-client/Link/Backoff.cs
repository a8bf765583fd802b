namespace Outrider.Agent.Link;

/// <summary>How long to wait before dialling again: exponential with full jitter, so that agents of a restarted centre don't come all at once.</summary>
public static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The longest wait that a peer's <c>retry_after_seconds</c> is granted.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    /// <param name="failures">Attempts that failed since the last link that registered, this one included: 1, 2, …</param>
    /// <param name="jitter">A random number from 0 to 1.</param>
    /// <param name="askedSeconds">What the centre asked for: the wait is no shorter.</param>
    public static TimeSpan Next(int failures, double jitter, int? askedSeconds = null)
    {
        // Slow growth: a centre that was away for ten seconds has nobody left who waits for half a minute. 1.5^11 s is past the longest wait.
        var ceiling = First * Math.Pow(1.5, Math.Clamp(failures - 1, 0, 11));
        var wait = (ceiling < Longest ? ceiling : Longest) * jitter;
        if (askedSeconds is not { } seconds)
            return wait;
        var asked = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (int)LongestAsked.TotalSeconds));
        return asked + First * jitter > wait ? asked + First * jitter : wait;
    }
}
