using Outrider.Grains.Metrics;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Storage.Metrics;

/// <summary>Adds up finer steps, given in order of time, to those of a query.</summary>
/// <param name="step">Their length.</param>
/// <param name="expected">How many there are if none is missing.</param>
internal sealed class StepBuilder(long step, long expected)
{
    /// <summary>Room made at once, 48 KB: a list that grows takes twice what it holds.</summary>
    private const int MaxRoom = 1_024;

    public List<MetricStep> Steps { get; } = new((int)Math.Clamp(expected, 0, MaxRoom));

    public void Add(Columns finer, int at)
    {
        var added = new MetricStep(
            RollUp.StepOf(finer.Times[at], step), finer[RollUp.Count][at], finer[RollUp.Sum][at], finer[RollUp.Min][at],
            finer[RollUp.Last][at], finer[RollUp.Max][at]);
        if (Steps.Count == 0 || Steps[^1].Time != added.Time)
        {
            Steps.Add(added);
            return;
        }
        var before = Steps[^1];
        Steps[^1] = added with
        {
            Count = before.Count + added.Count,
            Sum = before.Sum + added.Sum,
            Min = Math.Min(before.Min, added.Min),
            Max = Math.Max(before.Max, added.Max),
        };
    }
}
