namespace Outrider.Api.Auth;

/// <summary>The providers that a centre trusts.</summary>
public sealed record OAuthProviders(IReadOnlyList<OAuthProvider> All);
