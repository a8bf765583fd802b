namespace Outrider.Grains.Metrics.PromQl;

/// <summary>A function of a range vector.</summary>
/// <param name="Name">As PromQL has it.</param>
/// <param name="Apply">What becomes of the samples of a window, and of the argument; <see cref="Absent"/>: nothing.</param>
/// <param name="TakesArgument">It has a scalar argument before the range vector.</param>
/// <param name="KeepsName">The result still is of the same metric.</param>
public sealed record RangeFunction(string Name, WindowFunction Apply, bool TakesArgument = false, bool KeepsName = false);
