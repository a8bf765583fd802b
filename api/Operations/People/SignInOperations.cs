using Microsoft.AspNetCore.Identity;
using Outrider.Api.Auth;
using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.People;

/// <summary>
/// Signs users in. Whatever is wrong with tenant, name or password is told alike and takes as long, and every refusal counts against the
/// address it came from.
/// </summary>
public sealed class SignInOperations(
    IGrains grains, Passwords passwords, RequestLimits limits, SessionViews views, Auditor audit, SignInMetrics metrics)
{
    private static Problem Wrong { get; } = new(ProblemCodes.Unauthenticated, "Tenant, name or password is wrong.");

    /// <summary>Whether the first platform user is yet to be made.</summary>
    public async Task<bool> NeedsSetupAsync() => await grains.Get<IUserDirectory>(UserKeys.Platform).CountAsync() == 0;

    /// <summary>By password. <c>unauthenticated</c>; <c>rate_limited</c> after too many wrong ones; <c>forbidden</c>, <c>tenant_disabled</c>.</summary>
    /// <param name="tenant">Null or empty for the platform.</param>
    public Task<Outcome<SignedIn>> ByPasswordAsync(string? tenant, string name, string password, SessionOrigin origin, CancellationToken cancellation)
    {
        var (of, user) = (tenant ?? "", UserRules.Normalize(name));
        return RunAsync("password", of, user, () => TryPasswordAsync(of, user, password, origin), cancellation);
    }

    /// <summary>By an invitation, which sets the password. <c>invitation_refused</c>, <c>invalid_argument</c> (the password), <c>tenant_disabled</c>.</summary>
    /// <param name="name">Of the first platform user; otherwise the invitation says whom it is for.</param>
    public Task<Outcome<SignedIn>> ByInvitationAsync(
        string token, string? name, string password, SessionOrigin origin, CancellationToken cancellation)
    {
        if (!Credential.TryParse(token.Trim(), out var invitation) || invitation.Kind != CredentialKind.Invitation
            || UserKeys.Tenant(invitation.Tenant) is not { } tenant)
        {
            return Task.FromResult<Outcome<SignedIn>>(Invitations.Refused("This is no invitation: was the link copied whole?"));
        }
        if (tenant.Length == 0 && invitation.User == UserKeys.Platform)
        {
            var first = UserRules.Normalize(name ?? "");
            return RunAsync("invitation", tenant, first, () => SetUpAsync(invitation, first, password, origin), cancellation);
        }
        return UserKeys.CanBe(tenant, invitation.User)
            ? RunAsync("invitation", tenant, invitation.User, () => AcceptAsync(tenant, invitation, password, origin), cancellation)
            : Task.FromResult<Outcome<SignedIn>>(Invitations.Refused("This is no invitation: was the link copied whole?"));
    }

    /// <summary>By what a provider vouches for. <c>unauthenticated</c> where nobody of the tenant has this identity.</summary>
    /// <param name="tenant">Empty for the platform.</param>
    public Task<Outcome<SignedIn>> ByIdentityAsync(string tenant, string identity, SessionOrigin origin, CancellationToken cancellation) =>
        RunAsync("oauth", tenant, identity, () => TryIdentityAsync(tenant, identity, origin), cancellation);

    private async Task<Outcome<OpenedSession>> TryPasswordAsync(string tenant, string name, string password, SessionOrigin origin)
    {
        if (!UserKeys.CanBe(tenant, name) || password.Length > UserRules.MaxPassword)
            return Wrong;
        var user = grains.Get<IUser>(UserKeys.User(tenant, name));
        var attempt = await user.BeginSignInAsync();
        if (!attempt.Ok)
            return attempt.Problem;
        var match = await passwords.CompareAsync(attempt.Value.PasswordHash, password);
        if (!match.Ok)
            return match.Problem;
        if (match.Value == PasswordVerificationResult.Failed)
            return Wrong;
        if (await BarredAsync(tenant) is { } barred)
            return barred;
        string? better = null;
        if (match.Value == PasswordVerificationResult.SuccessRehashNeeded)
            better = (await passwords.HashAsync(password)).Value;
        return await user.SignInAsync(attempt.Value.PasswordHash!, better, origin);
    }

    private async Task<Outcome<OpenedSession>> AcceptAsync(string tenant, Credential invitation, string password, SessionOrigin origin)
    {
        var user = grains.Get<IUser>(UserKeys.User(tenant, invitation.User));
        var good = await user.CheckInvitationAsync(invitation.Hash);
        if (!good.Ok)
            return good.Problem;
        if ((UserRules.CheckPassword(password, invitation.User) ?? await BarredAsync(tenant)) is { } problem)
            return problem;
        var hash = await passwords.HashAsync(password);
        return hash.Ok ? await user.AcceptInvitationAsync(invitation.Hash, hash.Value, origin) : hash.Problem;
    }

    /// <summary>Makes the first platform user.</summary>
    private async Task<Outcome<OpenedSession>> SetUpAsync(Credential invitation, string name, string password, SessionOrigin origin)
    {
        var directory = grains.Get<IUserDirectory>(UserKeys.Platform);
        var good = await directory.CheckSetupAsync(invitation.Hash);
        if (!good.Ok)
            return good.Problem;
        if ((UserRules.CheckName(name) ?? UserRules.CheckPassword(password, name)) is { } problem)
            return problem;
        var hash = await passwords.HashAsync(password);
        if (!hash.Ok)
            return hash.Problem;
        var claimed = await directory.ClaimSetupAsync(invitation.Hash);
        if (!claimed.Ok)
            return claimed.Problem;
        var user = grains.Get<IUser>(UserKeys.User("", name));
        var created = await user.CreateAsync(new UserProfile(name, Role.Platform, null), hash.Value);
        return created.Ok ? await user.SignInAsync(hash.Value, null, origin) : created.Problem;
    }

    private async Task<Outcome<OpenedSession>> TryIdentityAsync(string tenant, string identity, SessionOrigin origin)
    {
        var nobody = new Problem(ProblemCodes.Unauthenticated, "No user has the identity that the provider vouches for. Ask an admin to set it.");
        if (UserKeys.Tenant(UserKeys.Directory(tenant)) is null)
            return nobody;
        var name = await grains.Get<IUserDirectory>(UserKeys.Directory(tenant)).FindAsync(identity);
        if (!name.Ok)
            return nobody;
        return await BarredAsync(tenant) is { } barred
            ? barred
            : await grains.Get<IUser>(UserKeys.User(tenant, name.Value)).SignInByIdentityAsync(identity, origin);
    }

    private async Task<Outcome<SignedIn>> RunAsync(
        string method, string tenant, string user, Func<Task<Outcome<OpenedSession>>> signIn, CancellationToken cancellation)
    {
        var address = CallOrigin.Current?.Address;
        if (limits.CheckFailures(address) is { } shutOut)
            return shutOut;
        var opened = await GrainCalls.OrProblemAsync(signIn);
        metrics.Count(method, opened.Problem);
        if (opened.Problem is { Code: ProblemCodes.Unauthenticated or ProblemCodes.InvitationRefused or ProblemCodes.RateLimited })
            limits.CountFailure(address);
        await RecordAsync(method, tenant, opened.Value?.User.Name ?? user, opened.Problem, cancellation);
        return opened.Ok
            ? new SignedIn(
                await views.OfUserAsync(tenant, opened.Value.User, opened.Value.ExpiresAt),
                Credential.TryParse(opened.Value.Secret, out var session) ? session : throw new InvalidOperationException("A session has no credential."))
            : opened.Problem;
    }

    // An attempt at a tenant that isn't there stands in the platform's log: it takes as long as one at a tenant that is.
    private async Task RecordAsync(string method, string tenant, string user, Problem? problem, CancellationToken cancellation)
    {
        var isThere = Names.IsTenant(tenant) && (await grains.Get<ITenant>(tenant).CheckAsync()).Problem?.Code != ProblemCodes.TenantNotFound;
        var name = TenantRules.Short(user);
        await audit.RecordAsync(
            new Caller(isThere ? tenant : "", Caller.OfUser(name), Role.Viewer), "session.sign_in", name, problem, method, cancellation);
    }

    /// <summary>Why nobody of this tenant signs in; null: they do.</summary>
    private async Task<Problem?> BarredAsync(string tenant) =>
        tenant.Length == 0 ? null : (await grains.Get<ITenant>(tenant).CheckAsync()).Problem;
}
