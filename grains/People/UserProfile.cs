using Outrider.Grains.Tenancy;

namespace Outrider.Grains.People;

/// <summary>What a new user is.</summary>
/// <param name="DisplayName">For people.</param>
/// <param name="Role">Viewer, operator or admin; platform for a platform user.</param>
/// <param name="Identity">What sign-in providers call them, such as an e-mail address; null: they sign in by password only.</param>
public sealed record UserProfile(string DisplayName, Role Role, string? Identity);
