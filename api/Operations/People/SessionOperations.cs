using Microsoft.AspNetCore.Identity;
using Outrider.Api.Auth;
using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.People;

/// <summary>What users do with their own sessions and password. Whoever calls by a key has none: <c>forbidden</c>.</summary>
public sealed class SessionOperations(IGrains grains, Passwords passwords, SessionViews views, Auditor audit)
{
    /// <summary>Who calls, whatever they proved it by.</summary>
    public async Task<Outcome<SessionView>> GetAsync(Caller caller, Credential credential)
    {
        if (caller.User is null)
            return await views.OfKeyAsync(caller);
        var grain = Grain(caller);
        var user = await grain.GetAsync();
        if (!user.Ok)
            return UserSessions.Over;
        var session = (await grain.ListSessionsAsync()).Find(session => session.Id == credential.Id);
        return session is null ? UserSessions.Over : await views.OfUserAsync(caller.Tenant, user.Value, session.ExpiresAt);
    }

    public async Task<Outcome<SessionList>> ListAsync(Caller caller, Credential credential) => Refuse(caller) is { } forbidden
        ? forbidden
        : new SessionList([.. (await Grain(caller).ListSessionsAsync()).Select(session => SessionItem.Of(session, credential.Id))]);

    /// <summary>Ends one of the own sessions; <c>not_found</c>.</summary>
    public Task<Outcome<Done>> EndAsync(Caller caller, string id, CancellationToken cancellation) =>
        DoAsync(caller, "session.end", id, user => user.EndSessionAsync(id), cancellation);

    /// <summary>Ends the session that calls.</summary>
    public Task<Outcome<Done>> SignOutAsync(Caller caller, Credential credential, CancellationToken cancellation) =>
        DoAsync(caller, "session.sign_out", credential.Id, user => user.EndSessionAsync(credential.Id), cancellation);

    /// <summary>Ends all sessions of the user, the one that calls too.</summary>
    public Task<Outcome<Done>> SignOutEverywhereAsync(Caller caller, CancellationToken cancellation) =>
        DoAsync(caller, "session.sign_out_everywhere", caller.User ?? "", user => user.EndSessionsAsync(), cancellation);

    /// <summary>Sets another password; the other sessions end. <c>invalid_argument</c>; <c>rate_limited</c> as for signing in.</summary>
    /// <param name="current">The password of now.</param>
    public Task<Outcome<Done>> ChangePasswordAsync(
        Caller caller, Credential credential, string current, string password, CancellationToken cancellation) =>
        DoAsync(caller, "user.password", caller.User ?? "", user => ChangePasswordAsync(user, caller.User!, credential.Id, current, password), cancellation);

    private async Task<Outcome<Done>> ChangePasswordAsync(IUser user, string name, string session, string current, string password)
    {
        if (UserRules.CheckPassword(password, name) is { } weak)
            return weak;
        var attempt = await user.BeginSignInAsync();
        if (!attempt.Ok)
            return attempt.Problem;
        var match = await passwords.CompareAsync(attempt.Value.PasswordHash, current.Length <= UserRules.MaxPassword ? current : "");
        if (!match.Ok)
            return match.Problem;
        if (match.Value == PasswordVerificationResult.Failed)
            return TenantRules.Invalid("The current password is wrong.");
        var hash = await passwords.HashAsync(password);
        return hash.Ok ? await user.ChangePasswordAsync(attempt.Value.PasswordHash!, hash.Value, session) : hash.Problem;
    }

    private async Task<Outcome<Done>> DoAsync(
        Caller caller, string action, string target, Func<IUser, Task<Outcome<Done>>> change, CancellationToken cancellation)
    {
        if (Refuse(caller) is { } forbidden)
            return forbidden;
        var done = await change(Grain(caller));
        await audit.RecordAsync(caller, action, target, done.Problem, detail: null, cancellation);
        return done;
    }

    private static Problem? Refuse(Caller caller) => caller.User is not null
        ? null
        : new Problem(ProblemCodes.Forbidden, "This is for users who have signed in; keys have no sessions and no password.");

    private IUser Grain(Caller caller) => grains.Get<IUser>(UserKeys.User(caller.Tenant, caller.User!));
}
