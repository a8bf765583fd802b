namespace Outrider.Api.Rest.Requests;

/// <summary>Signs a user in.</summary>
/// <param name="Tenant">The tenant's id; left out for a platform user.</param>
/// <param name="Token">Whether a program asks: it gets the session as a token, and no cookie is set.</param>
public sealed record LoginRequest(string Name, string Password, string? Tenant = null, bool Token = false);
