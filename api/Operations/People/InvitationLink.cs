using Outrider.Grains.Tenancy;

namespace Outrider.Api.Operations.People;

/// <summary>The address of an invitation.</summary>
public static class InvitationLink
{
    /// <summary>The credential stands behind a '#': browsers send that to nobody, so no log has it.</summary>
    /// <param name="centre">Scheme, host and port of the centre.</param>
    public static InvitationView Of(string centre, IssuedCredential invitation) =>
        new($"{centre.TrimEnd('/')}/welcome#{invitation.Secret}", invitation.ExpiresAt!.Value);
}
