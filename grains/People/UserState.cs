using Outrider.Grains.People.Rules;
using Outrider.Grains.Tenancy;

namespace Outrider.Grains.People;

/// <summary>What is kept of a user. Secrets are kept as hashes only.</summary>
public sealed record UserState
{
    public DateTimeOffset CreatedAt { get; init; }

    public string DisplayName { get; init; } = "";

    public Role Role { get; init; }

    public string? Identity { get; init; }

    public bool Enabled { get; init; }

    /// <summary>As Identity's hasher writes it; null: none was chosen yet.</summary>
    public string? PasswordHash { get; init; }

    public UserInvitation? Invitation { get; init; }

    public List<UserSession> Sessions { get; init; } = [];

    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>Attempts with a wrong password once they make sign-in wait.</summary>
    public SignInAttempts Attempts { get; init; } = SignInAttempts.None;
}
