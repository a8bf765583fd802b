namespace Outrider.Api.Operations.Fleet;

/// <summary>One metric of several agents over time, in few steps.</summary>
/// <param name="From">Where the first step begins.</param>
/// <param name="To">Where the last one ends, or now.</param>
/// <param name="StepSeconds">The length of a step.</param>
/// <param name="Items">One for each agent, as asked for.</param>
public sealed record FleetSparklines(DateTimeOffset From, DateTimeOffset To, double StepSeconds, IReadOnlyList<FleetSparkline> Items);
