using Outrider.Api.Auth;
using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.People;

/// <summary>
/// Manages users: a tenant's admin those of the own tenant, the platform those of any and its own. Where a tenant is asked for, empty is the
/// platform.
/// </summary>
public sealed class UserOperations(IGrains grains, Passwords passwords, Auditor audit)
{
    /// <summary>A page of users by name.</summary>
    /// <param name="after">The last name of the page before; null: from the first.</param>
    public async Task<Outcome<UserPage>> ListAsync(Caller caller, string tenant, string? after, int limit)
    {
        if (await RefuseAsync(caller, tenant) is { } problem)
            return problem;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return TenantRules.Invalid($"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        var names = await grains.Get<IUserDirectory>(UserKeys.Directory(tenant)).ListAsync(after, limit);
        var users = await Task.WhenAll(names.Select(name => grains.Get<IUser>(UserKeys.User(tenant, name)).GetAsync()));
        return new UserPage([.. users.Where(user => user.Ok).Select(user => user.Value!)], names.Count == limit ? names[^1] : null);
    }

    public async Task<Outcome<UserView>> GetAsync(Caller caller, string tenant, string name)
    {
        var user = await FindAsync(caller, tenant, name);
        return user.Ok ? await user.Value.Grain.GetAsync() : user.Problem;
    }

    /// <summary>Makes a user, with an invitation unless a password is given.</summary>
    /// <param name="centre">The address of the centre, for the invitation.</param>
    public async Task<Outcome<CreatedUser>> CreateAsync(
        Caller caller, string tenant, string name, UserProfile profile, string? password, string centre, CancellationToken cancellation)
    {
        name = UserRules.Normalize(name);
        if (await RefuseAsync(caller, tenant) is { } problem)
            return problem;
        var created = await MakeAsync(tenant, name, profile, password);
        await RecordAsync(caller, tenant, "user.create", name, created.Problem, $"{profile.Role} {(password is null ? "invited" : "with a password")}", cancellation);
        if (!created.Ok)
            return created.Problem;
        if (password is not null)
            return new CreatedUser(created.Value, null);
        var invitation = await grains.Get<IUser>(UserKeys.User(tenant, name)).InviteAsync();
        return invitation.Ok ? new CreatedUser(created.Value, InvitationLink.Of(centre, invitation.Value)) : invitation.Problem;
    }

    public async Task<Outcome<UserView>> UpdateAsync(Caller caller, string tenant, string name, UserUpdate update, CancellationToken cancellation)
    {
        var user = await FindAsync(caller, tenant, name);
        if (!user.Ok)
            return user.Problem;
        var updated = await user.Value.Grain.UpdateAsync(update, IsGuarded(caller, tenant));
        await RecordAsync(caller, tenant, "user.update", user.Value.Name, updated.Problem, Describe(update), cancellation);
        return updated;
    }

    public Task<Outcome<Done>> DeleteAsync(Caller caller, string tenant, string name, CancellationToken cancellation) =>
        DoAsync(caller, tenant, "user.delete", name, user => user.DeleteAsync(IsGuarded(caller, tenant)), cancellation);

    /// <summary>Ends all sessions of a user.</summary>
    public Task<Outcome<Done>> SignOutAsync(Caller caller, string tenant, string name, CancellationToken cancellation) =>
        DoAsync(caller, tenant, "user.sign_out", name, user => user.EndSessionsAsync(), cancellation);

    /// <summary>Makes a link by which the user chooses another password. The old one stays good until then; the sessions end.</summary>
    /// <param name="centre">The address of the centre.</param>
    public async Task<Outcome<InvitationView>> InviteAsync(Caller caller, string tenant, string name, string centre, CancellationToken cancellation)
    {
        var invitation = await DoAsync(caller, tenant, "user.invite", name, user => user.InviteAsync(), cancellation);
        return invitation.Ok ? InvitationLink.Of(centre, invitation.Value) : invitation.Problem;
    }

    private async Task<Outcome<UserView>> MakeAsync(string tenant, string name, UserProfile profile, string? password)
    {
        // What the grain checks too, but nothing is hashed in vain.
        if ((UserRules.CheckName(name) ?? UserRules.Check(tenant, profile)) is { } wrong)
            return wrong;
        if (password is null)
            return await grains.Get<IUser>(UserKeys.User(tenant, name)).CreateAsync(profile, null);
        if (UserRules.CheckPassword(password, name) is { } weak)
            return weak;
        var hash = await passwords.HashAsync(password);
        return hash.Ok ? await grains.Get<IUser>(UserKeys.User(tenant, name)).CreateAsync(profile, hash.Value) : hash.Problem;
    }

    private async Task<Outcome<T>> DoAsync<T>(
        Caller caller, string tenant, string action, string name, Func<IUser, Task<Outcome<T>>> change, CancellationToken cancellation)
    {
        var user = await FindAsync(caller, tenant, name);
        if (!user.Ok)
            return user.Problem;
        var done = await change(user.Value.Grain);
        await RecordAsync(caller, tenant, action, user.Value.Name, done.Problem, detail: null, cancellation);
        return done;
    }

    private async Task<Outcome<(IUser Grain, string Name)>> FindAsync(Caller caller, string tenant, string name)
    {
        if (await RefuseAsync(caller, tenant) is { } problem)
            return problem;
        name = UserRules.Normalize(name);
        return UserRules.IsName(name)
            ? (grains.Get<IUser>(UserKeys.User(tenant, name)), name)
            : new Problem(ProblemCodes.NotFound, $"There is no user '{TenantRules.Short(name)}'. GET of the users lists them.");
    }

    /// <summary>Why the caller may not manage these users; null: they may. A tenant that isn't theirs is one that isn't there.</summary>
    private async Task<Problem?> RefuseAsync(Caller caller, string tenant)
    {
        if (tenant.Length == 0)
            return Permissions.Require(caller, Permission.PlatformUsersManage);
        if (TenantOperations.Require(caller, tenant, Permission.UsersManage) is { } forbidden)
            return forbidden;
        var standing = await grains.Get<ITenant>(tenant).CheckAsync();
        return standing.Problem?.Code == ProblemCodes.TenantNotFound ? standing.Problem : null;
    }

    // The platform may leave a tenant without an admin; nobody may leave the platform without a user.
    private static bool IsGuarded(Caller caller, string tenant) => tenant.Length == 0 || caller.Role != Role.Platform;

    // What the platform does to a tenant's users stands in both logs, so that the tenant's admins see it too.
    private async Task RecordAsync(
        Caller caller, string tenant, string action, string target, Problem? problem, string? detail, CancellationToken cancellation)
    {
        await audit.RecordAsync(caller, action, target, problem, detail, cancellation);
        if (caller.Tenant != tenant)
            await audit.RecordAsync(caller with { Tenant = tenant }, action, target, problem, detail, cancellation);
    }

    private static string Describe(UserUpdate update) => string.Join(' ', new[]
    {
        update.DisplayName is null ? null : "display_name",
        update.Role is { } role ? $"role={role}" : null,
        update.Identity is null ? null : "identity",
        update.Enabled is { } enabled ? (enabled ? "enable" : "disable") : null,
    }.Where(part => part is not null));
}
