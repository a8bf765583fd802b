namespace Outrider.Grains.Tenancy;

/// <summary>What is kept of the directory of tenants.</summary>
public sealed record TenantDirectoryState
{
    /// <summary>Ids in ordinal order.</summary>
    public List<string> Tenants { get; init; } = [];
}
