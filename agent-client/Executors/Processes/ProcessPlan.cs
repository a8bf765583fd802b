namespace Outrider.Agent.Executors.Processes;

/// <summary>A program to start, decided in every part: nothing of the agent's own environment gets to it.</summary>
internal sealed record ProcessPlan
{
    /// <summary>Its absolute path and its arguments.</summary>
    public required IReadOnlyList<string> Vector { get; init; }

    /// <summary>Working folder.</summary>
    public required string Directory { get; init; }

    /// <summary>All its variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whom it runs as; null: the agent's own user.</summary>
    public string? User { get; init; }

    /// <summary>Limits as prlimit(1) takes them, such as <c>--nofile=100</c>; none: the agent's own.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];
}
