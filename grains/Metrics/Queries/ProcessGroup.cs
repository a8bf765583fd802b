namespace Outrider.Grains.Metrics.Queries;

/// <summary>All processes of a name.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Total">What they come to together.</param>
/// <param name="Pids">Their numbers, in order.</param>
public sealed record ProcessGroup(string Name, ProcessTotals Total, List<int> Pids);
