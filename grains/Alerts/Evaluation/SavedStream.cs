namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>An <see cref="EvaluationStream"/> as it is kept: the instances on which something hangs.</summary>
public sealed record SavedStream(Timeline Clock, List<SavedInstance> Instances)
{
    public static SavedStream Empty { get; } = new(default, []);
}
