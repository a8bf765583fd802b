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
}
