namespace Outrider.Api.Auth;

/// <summary>A provider of OAuth 2.0 that vouches for users: which one is told by a claim of what it says of them.</summary>
public sealed record OAuthProvider
{
    /// <summary>In addresses: 1 to 63 letters, digits, '-', '_' or '.'.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Where a browser is sent to.</summary>
    public required string AuthorizationUrl { get; init; }

    /// <summary>Where the centre changes a code into a token.</summary>
    public required string TokenUrl { get; init; }

    /// <summary>What answers, with that token, a JSON object about the user.</summary>
    public required string UserinfoUrl { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    public List<string> Scopes { get; init; } = ["openid", "email"];

    /// <summary>The member of that object which is compared with users' identities.</summary>
    public string IdentityClaim { get; init; } = "email";
}
