using Outrider.Grains.Tenancy;

namespace Outrider.Grains.People;

/// <summary>A user as administrators see one: no secret, no hash.</summary>
public sealed record UserView
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required Role Role { get; init; }

    /// <summary>What sign-in providers call them; null: they sign in by password only.</summary>
    public string? Identity { get; init; }

    public required bool Enabled { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>Whether they have no password yet.</summary>
    public required bool Invited { get; init; }

    /// <summary>Until when sign-in by password waits after too many wrong ones; null: it doesn't.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Live sessions.</summary>
    public required int Sessions { get; init; }
}
