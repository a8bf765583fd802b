using Outrider.Grains.Tenancy;

namespace Outrider.Api.Operations.People;

/// <summary>Who the caller is and what they may do.</summary>
public sealed record SessionView
{
    /// <summary>The tenant's id; empty for the platform.</summary>
    public required string Tenant { get; init; }

    /// <summary>The tenant's name for people; empty for the platform.</summary>
    public required string TenantName { get; init; }

    /// <summary>The user's name, or the id of the key.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required Role Role { get; init; }

    public required SessionKind Kind { get; init; }

    /// <summary>What the role may do, such as <c>agents_read</c>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Of a session in a cookie: what calls that change something send as <c>X-CSRF-Token</c>.</summary>
    public string? CsrfToken { get; init; }

    /// <summary>Of a session: when it is over unless it is used; of a key: when it stops, if it does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Of a sign-in that asked for it: the session itself, to be sent as <c>Authorization: Bearer</c>. Shown this once.</summary>
    public string? Token { get; init; }
}
