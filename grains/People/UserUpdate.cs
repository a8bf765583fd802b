using Outrider.Grains.Tenancy;

namespace Outrider.Grains.People;

/// <summary>A change to a user; what is null stays as it is.</summary>
public sealed record UserUpdate
{
    public string? DisplayName { get; init; }

    public Role? Role { get; init; }

    /// <summary>Empty takes it away.</summary>
    public string? Identity { get; init; }

    /// <summary>False ends the sessions, and nobody signs in as this user any more.</summary>
    public bool? Enabled { get; init; }
}
