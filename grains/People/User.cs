using System.Security.Cryptography;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People;

/// <inheritdoc cref="IUser"/>
/// <remarks>
/// Open to derivation because a host may add its own marker to a grain. Attempts are counted in memory, for a name that is no user's too,
/// so that neither time nor answer tells who is one; those that make a user's sign-in wait are saved.
/// </remarks>
public class User(GrainContext context, IGrainState<UserState> state) : Grain(context), IUser
{
    private SignInAttempts _attempts = SignInAttempts.None;

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    private string Directory => GrainKeys.Split(Key)[0];

    private string Name => GrainKeys.Split(Key)[1];

    /// <summary>Empty for the platform.</summary>
    private string Tenant => UserKeys.Tenant(Directory) ?? throw new InvalidOperationException($"'{Key}' is no user's key.");

    public override Task OnActivateAsync(CancellationToken cancellation)
    {
        _attempts = state.Value.Attempts;
        return Task.CompletedTask;
    }

    public Task<Outcome<UserView>> GetAsync() => Task.FromResult<Outcome<UserView>>(state.Exists ? View() : NotFound());

    public async Task<Outcome<UserView>> CreateAsync(UserProfile profile, string? passwordHash)
    {
        if ((UserRules.CheckName(Name) ?? UserRules.Check(Tenant, profile)) is { } problem)
            return problem;
        if (state.Exists)
            return new Problem(ProblemCodes.Conflict, $"There is already a user '{Name}'. PATCH changes them; or choose another name.");
        var next = new UserState
        {
            CreatedAt = Now,
            DisplayName = profile.DisplayName.Trim(),
            Role = profile.Role,
            Identity = profile.Identity is "" ? null : profile.Identity,
            Enabled = true,
            PasswordHash = passwordHash,
        };
        return await EnterAsync(next, guarded: false);
    }

    public async Task<Outcome<UserView>> UpdateAsync(UserUpdate update, bool guarded)
    {
        if (!state.Exists)
            return NotFound();
        if (UserRules.Check(Tenant, update) is { } problem)
            return problem;
        var old = state.Value;
        var next = old with
        {
            DisplayName = update.DisplayName?.Trim() ?? old.DisplayName,
            Role = update.Role ?? old.Role,
            Identity = update.Identity is "" ? null : update.Identity ?? old.Identity,
            Enabled = update.Enabled ?? old.Enabled,
        };
        return await EnterAsync(next.Enabled ? next : Close(next), guarded);
    }

    public async Task<Outcome<Done>> DeleteAsync(bool guarded)
    {
        if (!state.Exists)
            return NotFound();
        var removed = await Context.Grains.Get<IUserDirectory>(Directory).RemoveAsync(Name, guarded);
        if (!removed.Ok)
            return removed;
        await state.ClearAsync();
        _attempts = SignInAttempts.None;
        return Done.Value;
    }

    public async Task<Outcome<IssuedCredential>> InviteAsync()
    {
        if (!state.Exists)
            return NotFound();
        if (!state.Value.Enabled)
            return new Problem(ProblemCodes.Conflict, $"User '{Name}' is disabled. Enable them first.");
        var credential = Credential.Create(CredentialKind.Invitation, Directory, "", RandomNumberGenerator.GetBytes(32)) with { User = Name };
        var invitation = new UserInvitation(credential.Hash, Now + Invitations.Lifetime);
        await SaveAsync(Close(state.Value) with { Invitation = invitation });
        return new IssuedCredential(Name, credential.Text, invitation.ExpiresAt);
    }

    public Task<Outcome<Done>> CheckInvitationAsync(string secretHash) => Task.FromResult<Outcome<Done>>(
        Invitations.Check(state.Value.Invitation, secretHash, Now) is { } refused ? refused : Done.Value);

    public async Task<Outcome<OpenedSession>> AcceptInvitationAsync(string secretHash, string passwordHash, SessionOrigin origin) =>
        Invitations.Check(state.Value.Invitation, secretHash, Now) is { } refused
            ? refused
            : await OpenAsync(Close(state.Value) with { PasswordHash = passwordHash }, origin);

    public async Task<Outcome<SignInAttempt>> BeginSignInAsync()
    {
        var counted = _attempts.Add(Now);
        if (!counted.Ok)
            return counted.Problem;
        _attempts = counted.Value;
        if (state.Exists && _attempts.LockedUntil(Now) is not null)
            await SaveAsync(state.Value);
        return new SignInAttempt(state.Value.PasswordHash);
    }

    public async Task<Outcome<OpenedSession>> SignInAsync(string comparedHash, string? betterHash, SessionOrigin origin)
    {
        if (state.Value.PasswordHash != comparedHash)
            return new Problem(ProblemCodes.Unauthenticated, "The password was changed just now. Sign in with the new one.");
        return state.Value.Enabled ? await OpenAsync(state.Value with { PasswordHash = betterHash ?? comparedHash }, origin) : Disabled;
    }

    public async Task<Outcome<OpenedSession>> SignInByIdentityAsync(string identity, SessionOrigin origin)
    {
        if (state.Value.Identity is not { } own || !UserRules.SameIdentity(own, identity))
            return new Problem(ProblemCodes.Unauthenticated, "Nobody of this tenant has this identity.");
        return state.Value.Enabled ? await OpenAsync(state.Value, origin) : Disabled;
    }

    public async Task<Outcome<Done>> ChangePasswordAsync(string comparedHash, string passwordHash, string keptSession)
    {
        if (state.Value.PasswordHash != comparedHash)
            return new Problem(ProblemCodes.Conflict, "The password was changed just now, from elsewhere. Sign in again.");
        _attempts = SignInAttempts.None;
        await SaveAsync(state.Value with
        {
            PasswordHash = passwordHash,
            Invitation = null,
            Sessions = UserSessions.End(state.Value.Sessions, session => session.Id != keptSession, Now),
        });
        return Done.Value;
    }

    public async Task<Outcome<Caller>> AuthenticateAsync(string sessionId, string secretHash)
    {
        // A user who doesn't exist has no sessions, and so answers as one who does to a session they don't have.
        var session = UserSessions.Authenticate(state.Value.Sessions, sessionId, secretHash, Now);
        if (!session.Ok)
            return session.Problem;
        var seen = UserSessions.See(state.Value.Sessions, session.Value, Now);
        if (!ReferenceEquals(seen, state.Value.Sessions))
            await SaveAsync(state.Value with { Sessions = seen });
        return new Caller(Tenant, Caller.OfUser(Name), state.Value.Role);
    }

    public Task<List<UserSession>> ListSessionsAsync()
    {
        var now = Now;
        return Task.FromResult(state.Value.Sessions.Where(session => session.IsLive(now)).OrderByDescending(session => session.CreatedAt).ToList());
    }

    public async Task<Outcome<Done>> EndSessionAsync(string id)
    {
        if (!state.Value.Sessions.Exists(session => session.Id == id))
            return new Problem(ProblemCodes.NotFound, $"There is no session '{TenantRules.Short(id)}'. GET of the sessions lists them.");
        await SaveAsync(state.Value with { Sessions = UserSessions.End(state.Value.Sessions, session => session.Id == id, Now) });
        return Done.Value;
    }

    public async Task<Outcome<Done>> EndSessionsAsync()
    {
        if (!state.Exists)
            return NotFound();
        await SaveAsync(state.Value with { Sessions = UserSessions.End(state.Value.Sessions, _ => true, Now) });
        return Done.Value;
    }

    /// <summary>Without sessions and invitation.</summary>
    private UserState Close(UserState kept) => kept with { Invitation = null, Sessions = UserSessions.End(kept.Sessions, _ => true, Now) };

    /// <summary>Saves the user as the directory allows. The directory first: it decides between users that change at the same time.</summary>
    private async Task<Outcome<UserView>> EnterAsync(UserState next, bool guarded)
    {
        var entered = await Context.Grains.Get<IUserDirectory>(Directory).PutAsync(new UserEntry(Name, next.Role, next.Enabled, next.Identity), guarded);
        if (!entered.Ok)
            return entered.Problem;
        await SaveAsync(next);
        return View();
    }

    private async Task<Outcome<OpenedSession>> OpenAsync(UserState next, SessionOrigin origin)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var credential = Credential.Create(CredentialKind.Session, Directory, id, RandomNumberGenerator.GetBytes(32)) with { User = Name };
        _attempts = SignInAttempts.None;
        await SaveAsync(next with { LastSignInAt = Now, Sessions = UserSessions.Open(next.Sessions, id, credential.Hash, origin, Now) });
        return new OpenedSession(View(), credential.Text, state.Value.Sessions[^1].ExpiresAt);
    }

    private async Task SaveAsync(UserState next)
    {
        var before = state.Value;
        state.Value = next with { Sessions = UserSessions.Prune(next.Sessions, Now), Attempts = _attempts };
        try
        {
            await state.SaveAsync();
        }
        catch
        {
            state.Value = before;
            throw;
        }
    }

    private UserView View()
    {
        var (kept, now) = (state.Value, Now);
        return new UserView
        {
            Name = Name,
            DisplayName = kept.DisplayName,
            Role = kept.Role,
            Identity = kept.Identity,
            Enabled = kept.Enabled,
            CreatedAt = kept.CreatedAt,
            LastSignInAt = kept.LastSignInAt,
            Invited = kept.PasswordHash is null,
            LockedUntil = _attempts.LockedUntil(now),
            Sessions = kept.Sessions.Count(session => session.IsLive(now)),
        };
    }

    private Problem NotFound() => new(ProblemCodes.NotFound, $"There is no user '{Name}'. GET of the users lists them.");

    private static Problem Disabled { get; } = new(ProblemCodes.Forbidden, "This user is disabled. Ask who manages the users to enable it.");
}
