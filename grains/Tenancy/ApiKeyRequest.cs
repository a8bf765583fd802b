namespace Outrider.Grains.Tenancy;

/// <summary>A new API key.</summary>
/// <param name="Name">What it is for; two live keys may share it.</param>
/// <param name="Role">Viewer, operator or admin.</param>
/// <param name="ExpiresAt">When it stops; null: never.</param>
public sealed record ApiKeyRequest(string Name, Role Role, DateTimeOffset? ExpiresAt);
