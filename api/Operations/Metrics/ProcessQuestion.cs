namespace Outrider.Api.Operations.Metrics;

/// <summary>A question about an agent's processes, as the caller wrote it; null: left out.</summary>
public sealed record ProcessQuestion
{
    /// <summary><c>flat</c> (as when left out) or <c>tree</c>.</summary>
    public string? View { get; init; }

    /// <summary><c>name</c>: all processes of a name are one row.</summary>
    public string? Group { get; init; }

    /// <summary>As <see cref="Grains.Metrics.Queries.ProcessSort"/>.</summary>
    public string? Sort { get; init; }

    /// <summary>Only processes of this name, or of a pattern with <c>*</c>.</summary>
    public string? Name { get; init; }

    /// <summary>RFC 3339; the newest snapshot that isn't newer. Left out: now.</summary>
    public string? At { get; init; }

    /// <summary>Rows at most; in a tree, roots.</summary>
    public int? Limit { get; init; }
}
