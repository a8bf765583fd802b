using Outrider.Grains.People;

namespace Outrider.Api.Operations.People;

/// <summary>A user that was made.</summary>
/// <param name="Invitation">The link to give to them; null: they have a password.</param>
public sealed record CreatedUser(UserView User, InvitationView? Invitation);
