namespace Outrider.Grains.Tasks;

/// <summary>One piece of work for many agents.</summary>
public sealed record FanoutRequest
{
    /// <summary>What each agent shall do; its agent is empty.</summary>
    public required TaskRequest Task { get; init; }

    /// <summary>Whom it is for, as was asked: names and patterns.</summary>
    public List<string> Patterns { get; init; } = [];

    /// <summary>Whom it is for, as was asked: labels and patterns of their values; all must match.</summary>
    public Dictionary<string, string> Labels { get; init; } = [];

    /// <summary>Agents at a time: the next batch begins when all of this one are done. 0: all at once.</summary>
    public int BatchSize { get; init; }

    /// <summary>Seconds to wait between batches.</summary>
    public int PauseSeconds { get; init; }

    /// <summary>When more than this share (0 to 1) of the tasks that are over has failed or is lost at the end of a batch, no further one begins.</summary>
    public double MaxFailureRatio { get; init; } = 1;
}
