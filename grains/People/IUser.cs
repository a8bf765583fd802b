using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People;

/// <summary>One user: role, password, invitation, sessions. Key: <see cref="UserKeys.User"/>. Passwords come here as hashes only.</summary>
public interface IUser : IGrain
{
    /// <summary>The user without any secret; <c>not_found</c>.</summary>
    [Idempotent]
    Task<Outcome<UserView>> GetAsync();

    /// <summary>Makes the user. <c>conflict</c>: there is one of this name, or of this identity.</summary>
    /// <param name="passwordHash">Null: they are to be invited.</param>
    Task<Outcome<UserView>> CreateAsync(UserProfile profile, string? passwordHash);

    /// <summary>Changes what isn't null in <paramref name="update"/>.</summary>
    /// <param name="guarded">Whether it must leave an enabled admin (of the platform: a user); else <c>conflict</c>.</param>
    [Idempotent]
    Task<Outcome<UserView>> UpdateAsync(UserUpdate update, bool guarded);

    /// <summary>Removes the user, sessions and all.</summary>
    /// <param name="guarded">As for <see cref="UpdateAsync"/>.</param>
    Task<Outcome<Done>> DeleteAsync(bool guarded);

    /// <summary>Makes an invitation, shown this once; one made before is void, and the sessions end. <c>conflict</c>: the user is disabled.</summary>
    Task<Outcome<IssuedCredential>> InviteAsync();

    /// <summary>Whether this secret of an invitation is good now: <c>invitation_refused</c>.</summary>
    [Idempotent]
    Task<Outcome<Done>> CheckInvitationAsync(string secretHash);

    /// <summary>Uses the invitation up: sets the password and opens a session.</summary>
    Task<Outcome<OpenedSession>> AcceptInvitationAsync(string secretHash, string passwordHash, SessionOrigin origin);

    /// <summary>
    /// Counts an attempt to sign in, before anybody looks at its password: <c>rate_limited</c> while too many wrong ones make it wait. A
    /// name that is no user's is answered alike.
    /// </summary>
    Task<Outcome<SignInAttempt>> BeginSignInAsync();

    /// <summary>The password was right: takes the attempts back and opens a session. <c>unauthenticated</c> if it was changed meanwhile.</summary>
    /// <param name="comparedHash">The <see cref="SignInAttempt.PasswordHash"/> that it was compared with.</param>
    /// <param name="betterHash">What to keep in its place; null: it is good enough.</param>
    Task<Outcome<OpenedSession>> SignInAsync(string comparedHash, string? betterHash, SessionOrigin origin);

    /// <summary>A sign-in provider vouches for this identity: opens a session if it is the user's, else <c>unauthenticated</c>.</summary>
    Task<Outcome<OpenedSession>> SignInByIdentityAsync(string identity, SessionOrigin origin);

    /// <summary>Sets another password after the old one was right; all sessions but one end, and an invitation is void.</summary>
    Task<Outcome<Done>> ChangePasswordAsync(string comparedHash, string passwordHash, string keptSession);

    /// <summary>Who holds this session: <c>unauthenticated</c>, <c>session_over</c>, or the caller. Prolongs it.</summary>
    [Idempotent]
    Task<Outcome<Caller>> AuthenticateAsync(string sessionId, string secretHash);

    /// <summary>The live sessions, the newest first.</summary>
    [Idempotent]
    Task<List<UserSession>> ListSessionsAsync();

    /// <summary>Ends one session; <c>not_found</c>.</summary>
    [Idempotent]
    Task<Outcome<Done>> EndSessionAsync(string id);

    /// <summary>Ends all sessions.</summary>
    [Idempotent]
    Task<Outcome<Done>> EndSessionsAsync();
}
