using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People.Rules;

/// <summary>Attempts to sign in that have not succeeded, in a row. Each is counted before its password is looked at.</summary>
/// <param name="Count">How many.</param>
/// <param name="LastAt">When the last one was counted.</param>
public sealed record SignInAttempts(int Count, DateTimeOffset LastAt)
{
    /// <summary>Attempts that never wait.</summary>
    public const int Free = 5;

    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    public static SignInAttempts None { get; } = new(0, default);

    /// <summary>No further attempt is looked at before this time; null: one would be now.</summary>
    public DateTimeOffset? LockedUntil(DateTimeOffset at) => Count >= Free && LastAt + Wait is var end && end > at ? end : null;

    /// <summary>With one more; <c>rate_limited</c> while it has to wait, and then it isn't counted.</summary>
    public Outcome<SignInAttempts> Add(DateTimeOffset at)
    {
        if (LockedUntil(at) is not { } end)
            return new SignInAttempts(Count + 1, at);
        var seconds = (int)Math.Ceiling((end - at).TotalSeconds);
        return new Problem(ProblemCodes.RateLimited, $"There were {Count} attempts in a row with a wrong password. Wait {seconds} s.")
        {
            RetryAfterSeconds = seconds,
        };
    }

    // Doubles with each attempt; beyond the tenth it is the longest one.
    private TimeSpan Wait => TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Clamp(Count - Free, 0, 10)));
}
