using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.People.Rules;

/// <summary>Decides on invitations.</summary>
public static class Invitations
{
    /// <summary>How long one is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Null if this secret is the invitation's and it still holds. Why it doesn't is told only to who holds its secret.</summary>
    /// <param name="invitation">The one that was made last; null: none, or it was used.</param>
    public static Problem? Check(UserInvitation? invitation, string hash, DateTimeOffset at)
    {
        if (!Credential.SameHash(invitation?.Hash ?? TenantKeys.NoHash, hash) || invitation is null)
            return Refused("This link is not good (any more): it was used, or a newer one was made.");
        return invitation.ExpiresAt > at ? null : Refused("This link was good for 24 hours and is over.");
    }

    /// <summary><c>invitation_refused</c>.</summary>
    public static Problem Refused(string why) => new(ProblemCodes.InvitationRefused, $"{why} Ask who manages the users for a new one.");
}
