using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People.Rules;

/// <summary>Decides on a user's sessions: pure steps from a list to the next.</summary>
public static class UserSessions
{
    /// <summary>Live sessions of a user; one more ends the oldest.</summary>
    public const int MaxLive = 20;

    /// <summary>Ended sessions that are remembered, so that who still holds one is told that it is over.</summary>
    public const int KeptEnded = 20;

    /// <summary>How long a session lasts that isn't used.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(24);

    /// <summary>How long one lasts that is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Its use is noted this often.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>With a new one.</summary>
    public static List<UserSession> Open(IReadOnlyList<UserSession> sessions, string id, string hash, SessionOrigin origin, DateTimeOffset at)
    {
        var surplus = sessions.Where(session => session.IsLive(at)).OrderByDescending(session => session.CreatedAt).Skip(MaxLive - 1).ToHashSet();
        return
        [
            .. Prune(End(sessions, surplus.Contains, at), at),
            new UserSession { Id = id, Hash = hash, CreatedAt = at, LastSeenAt = at, ExpiresAt = at + Idle, Ip = origin.Ip, Client = origin.Client },
        ];
    }

    /// <summary>The session that this secret proves. That it is over is told only to who holds its secret.</summary>
    public static Outcome<UserSession> Authenticate(IReadOnlyList<UserSession> sessions, string id, string hash, DateTimeOffset at)
    {
        var session = sessions.FirstOrDefault(session => session.Id == id);
        if (!Credential.SameHash(session?.Hash ?? TenantKeys.NoHash, hash) || session is null)
            return Unknown;
        return session.IsLive(at) ? session : Over;
    }

    /// <summary>Notes that this session is used; the same list while there is nothing to note.</summary>
    public static List<UserSession> See(List<UserSession> sessions, UserSession seen, DateTimeOffset at)
    {
        if (at - seen.LastSeenAt < SeenEvery)
            return sessions;
        var longest = seen.CreatedAt + Longest;
        var next = seen with { LastSeenAt = at, ExpiresAt = at + Idle < longest ? at + Idle : longest };
        return [.. sessions.Select(session => session.Id == seen.Id ? next : session)];
    }

    /// <summary>Ends those that <paramref name="which"/> picks.</summary>
    public static List<UserSession> End(IReadOnlyList<UserSession> sessions, Func<UserSession, bool> which, DateTimeOffset at) =>
        [.. sessions.Select(session => session.IsLive(at) && which(session) ? session with { EndedAt = at } : session)];

    /// <summary>Without the ended ones beyond the last <see cref="KeptEnded"/>.</summary>
    public static List<UserSession> Prune(IReadOnlyList<UserSession> sessions, DateTimeOffset at)
    {
        var forgotten = sessions.Where(session => !session.IsLive(at)).OrderByDescending(session => session.CreatedAt).Skip(KeptEnded).ToHashSet();
        return [.. sessions.Where(session => !forgotten.Contains(session))];
    }

    /// <summary>The one answer to every session that isn't known, whether its user exists or not.</summary>
    public static Problem Unknown { get; } = new(ProblemCodes.Unauthenticated, "The session is not valid. Sign in again.");

    public static Problem Over { get; } = new(ProblemCodes.SessionOver, "The session is over. Sign in again.");
}
