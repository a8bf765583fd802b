using Outrider.Grains.People;
using Outrider.Grains.People.Rules;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.People;

public sealed class InvitationsTests
{
    private static readonly DateTimeOffset s_at = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserInvitation s_invitation = new(new string('a', 64), s_at + Invitations.Lifetime);

    [Fact]
    public void Check_ItsSecretInTime_IsGood() =>
        Assert.Null(Invitations.Check(s_invitation, s_invitation.Hash, s_invitation.ExpiresAt.AddTicks(-1)));

    [Fact]
    public void Check_TooLateAnotherSecretOrNone_IsRefused()
    {
        Assert.Equal(ProblemCodes.InvitationRefused, Invitations.Check(s_invitation, s_invitation.Hash, s_invitation.ExpiresAt)!.Code);
        Assert.Equal(ProblemCodes.InvitationRefused, Invitations.Check(s_invitation, new string('b', 64), s_at)!.Code);
        Assert.Equal(ProblemCodes.InvitationRefused, Invitations.Check(null, s_invitation.Hash, s_at)!.Code);
    }
}
