using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People;

/// <summary>The users of a tenant, or of the platform, by name. Key: <see cref="UserKeys.Directory"/>.</summary>
public interface IUserDirectory : IGrain
{
    /// <summary>Enters or changes a user. <c>conflict</c>: the identity is taken, or no admin would be left; <c>quota_exceeded</c>.</summary>
    /// <param name="guarded">Whether it must leave an enabled admin (of the platform: a user) if there was one.</param>
    [Idempotent]
    Task<Outcome<Done>> PutAsync(UserEntry entry, bool guarded);

    /// <summary>Removes a user; <c>conflict</c>: no admin would be left.</summary>
    [Idempotent]
    Task<Outcome<Done>> RemoveAsync(string name, bool guarded);

    /// <summary>Up to <paramref name="limit"/> names after <paramref name="after"/> (null: from the first), in order.</summary>
    [Idempotent]
    Task<List<string>> ListAsync(string? after, int limit);

    [Idempotent]
    Task<int> CountAsync();

    /// <summary>The name of the user whom sign-in providers call so; <c>not_found</c>.</summary>
    [Idempotent]
    Task<Outcome<string>> FindAsync(string identity);

    /// <summary>Makes the link by which the platform's first user is made; one made before is void. <c>conflict</c>: there is a user.</summary>
    Task<Outcome<IssuedCredential>> OfferSetupAsync();

    /// <summary>Whether this secret makes the first user now: <c>invitation_refused</c>.</summary>
    [Idempotent]
    Task<Outcome<Done>> CheckSetupAsync(string secretHash);

    /// <summary>Uses the link up: <c>invitation_refused</c>.</summary>
    Task<Outcome<Done>> ClaimSetupAsync(string secretHash);
}
