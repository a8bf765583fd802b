using System.Security.Cryptography;
using Outrider.Grains.People.Rules;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People;

/// <inheritdoc cref="IUserDirectory"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class UserDirectory(GrainContext context, IGrainState<UserDirectoryState> state) : Grain(context), IUserDirectory
{
    private DateTimeOffset Now => Context.Time.GetUtcNow();

    private List<UserEntry> Users => state.Value.Users;

    public Task<Outcome<Done>> PutAsync(UserEntry entry, bool guarded) => ChangeAsync(UserEntries.Put(Users, entry, guarded));

    public Task<Outcome<Done>> RemoveAsync(string name, bool guarded) => ChangeAsync(UserEntries.Remove(Users, name, guarded));

    public Task<List<string>> ListAsync(string? after, int limit) => Task.FromResult(
        Users.Where(user => after is null || string.CompareOrdinal(user.Name, after) > 0).Take(limit).Select(user => user.Name).ToList());

    public Task<int> CountAsync() => Task.FromResult(Users.Count);

    public Task<Outcome<string>> FindAsync(string identity) => Task.FromResult<Outcome<string>>(
        Users.Find(user => user.Identity is not null && UserRules.SameIdentity(user.Identity, identity)) is { } user
            ? user.Name
            : new Problem(ProblemCodes.NotFound, "There is no user of this identity."));

    public async Task<Outcome<IssuedCredential>> OfferSetupAsync()
    {
        if (Users.Count > 0)
            return new Problem(ProblemCodes.Conflict, "There is a platform user already.");
        var credential = Credential.Create(CredentialKind.Invitation, Key, "", RandomNumberGenerator.GetBytes(32)) with { User = UserKeys.Platform };
        var invitation = new UserInvitation(credential.Hash, Now + Invitations.Lifetime);
        await SaveAsync(state.Value with { Setup = invitation });
        return new IssuedCredential(credential.User, credential.Text, invitation.ExpiresAt);
    }

    public Task<Outcome<Done>> CheckSetupAsync(string secretHash) => Task.FromResult<Outcome<Done>>(
        Invitations.Check(state.Value.Setup, secretHash, Now) is { } refused ? refused : Done.Value);

    public async Task<Outcome<Done>> ClaimSetupAsync(string secretHash)
    {
        if (Invitations.Check(state.Value.Setup, secretHash, Now) is { } refused)
            return refused;
        await SaveAsync(state.Value with { Setup = null });
        return Done.Value;
    }

    private async Task<Outcome<Done>> ChangeAsync(Outcome<List<UserEntry>> users)
    {
        if (!users.Ok)
            return users.Problem;
        // The first user leaves no link behind that would make another one.
        await SaveAsync(state.Value with { Users = users.Value, Setup = users.Value.Count > 0 ? null : state.Value.Setup });
        return Done.Value;
    }

    private async Task SaveAsync(UserDirectoryState next)
    {
        var before = state.Value;
        state.Value = next;
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
}
