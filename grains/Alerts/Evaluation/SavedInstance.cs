using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>An <see cref="Instance"/> as it is kept. Its window is not: the metric store has it.</summary>
public sealed record SavedInstance(
    string Rule, string Metric, List<Label> Labels, InstanceState State, long SampleAt, long SeenAt, long Interval);
