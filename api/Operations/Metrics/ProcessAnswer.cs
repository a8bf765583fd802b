using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Operations.Metrics;

/// <summary>The processes of an agent's machine at one time: those that used most, not all.</summary>
public sealed record ProcessAnswer
{
    /// <summary>Whose.</summary>
    public required string Agent { get; init; }

    /// <summary>When they were looked at; null: there is no snapshot.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>How long before the time asked for that was.</summary>
    public double? AgeSeconds { get; init; }

    /// <summary>How many processes the machine had.</summary>
    public int? Total { get; init; }

    /// <summary>Its logical processors.</summary>
    public int? Cpus { get; init; }

    /// <summary>Its memory.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>In the order asked for; null when they are grouped.</summary>
    public List<ProcessView>? Processes { get; init; }

    /// <summary>In the order asked for; null when they aren't grouped.</summary>
    public List<ProcessGroup>? Groups { get; init; }
}
