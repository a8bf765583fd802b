using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Operations.Metrics;

/// <summary>The processes of an agent's machine at one time: those that used most, not all.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Time">When they were looked at; null: there is no snapshot.</param>
/// <param name="AgeSeconds">How long before the time asked for that was.</param>
/// <param name="Total">How many processes the machine had.</param>
/// <param name="Cpus">Its logical processors.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="Processes">In the order asked for; null when they are grouped.</param>
/// <param name="Groups">In the order asked for; null when they aren't grouped.</param>
public sealed record ProcessAnswer(
    string Agent,
    DateTimeOffset? Time,
    double? AgeSeconds,
    int? Total,
    int? Cpus,
    long? MemoryBytes,
    List<ProcessView>? Processes,
    List<ProcessGroup>? Groups);
