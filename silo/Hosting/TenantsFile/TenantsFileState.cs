namespace Outrider.Silo.Hosting.TenantsFile;

/// <summary>How the tenants file is.</summary>
/// <param name="Status">The last look at it.</param>
/// <param name="Why">What is wrong; null if nothing is.</param>
/// <param name="ImportedAt">When it was last imported whole; null: never.</param>
/// <param name="Tenants">Tenants in it then.</param>
public sealed record TenantsFileState(TenantsFileStatus Status, string? Why, DateTimeOffset? ImportedAt, int Tenants);
