namespace Outrider.Protocol.Link;

/// <summary>What an agent is and can do. Unknown is absent.</summary>
public sealed record AgentFacts
{
    /// <summary>The agent program's version.</summary>
    public required string Version { get; init; }

    /// <summary>What it can do, such as <c>sql</c>; decided by its own policy.</summary>
    public required List<string> Capabilities { get; init; }

    public string? Hostname { get; init; }

    public string? Os { get; init; }

    public string? Arch { get; init; }

    public int? Cpus { get; init; }

    public long? MemoryBytes { get; init; }

    /// <summary>What its owner calls it by, such as <c>role</c>: <c>db</c> (<see cref="AgentLabels"/>); null: it has none.</summary>
    public Dictionary<string, string>? Labels { get; init; }
}
