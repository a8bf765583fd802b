namespace Outrider.Grains.Tenancy;

/// <summary>Who calls, as their credential proved it.</summary>
/// <param name="Tenant">The tenant; empty for the platform role.</param>
/// <param name="CredentialId">Names the credential in audit and limits; no secret.</param>
/// <param name="Role">What they may do.</param>
public sealed record Caller(string Tenant, string CredentialId, Role Role);
