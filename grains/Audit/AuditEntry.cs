namespace Outrider.Grains.Audit;

/// <summary>One attempt at something that counts, refused ones too. Holds no secret.</summary>
public sealed record AuditEntry
{
    public required DateTimeOffset At { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The credential's id.</summary>
    public required string Actor { get; init; }

    /// <summary>What was tried, such as <c>sql.run</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On what, such as an agent's name.</summary>
    public required string Target { get; init; }

    /// <summary><c>ok</c> or the problem's code.</summary>
    public required string Outcome { get; init; }

    /// <summary>The statement or the arguments, at most 4 KiB.</summary>
    public string? Detail { get; init; }

    /// <summary>The task or fan-out it is about, its id; null: none.</summary>
    public string? Task { get; init; }

    /// <summary>The address it came from; null: it came from no request.</summary>
    public string? Ip { get; init; }

    /// <summary>How long it took, in milliseconds; null: it isn't known.</summary>
    public long? Ms { get; init; }
}
