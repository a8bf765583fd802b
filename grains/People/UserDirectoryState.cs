namespace Outrider.Grains.People;

/// <summary>What is kept of a tenant's users as a whole, or of the platform's.</summary>
public sealed record UserDirectoryState
{
    /// <summary>In ordinal order of names.</summary>
    public List<UserEntry> Users { get; init; } = [];

    /// <summary>Of the platform: the link that makes its first user; null: there is none, or it was used.</summary>
    public UserInvitation? Setup { get; init; }
}
