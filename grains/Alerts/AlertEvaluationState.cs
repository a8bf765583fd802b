using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;

namespace Outrider.Grains.Alerts;

/// <summary>What is kept of an agent's evaluation: where it was, so that it goes on from there with what the store holds.</summary>
public sealed record AlertEvaluationState
{
    /// <summary>Just before the evaluation began, in milliseconds since 1970: what was measured up to then is not its business.</summary>
    public long Since { get; init; }

    /// <summary>What the agent measures.</summary>
    public SavedStream Measured { get; init; } = SavedStream.Empty;

    /// <summary>What the centre sees of it.</summary>
    public SavedStream Watched { get; init; } = SavedStream.Empty;

    /// <summary>For how many milliseconds nothing came, by rule of absence.</summary>
    public Dictionary<string, long> AbsentFor { get; init; } = [];

    /// <summary>The rules of the instances kept here, as they were evaluated.</summary>
    public List<RuleDefinition> Rules { get; init; } = [];

    /// <summary>Found, and not yet taken by the rules.</summary>
    public List<AlertEvent> Outgoing { get; init; } = [];
}
