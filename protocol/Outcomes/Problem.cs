namespace Outrider.Protocol.Outcomes;

/// <summary>Why something asked for was not done, as a value that crosses every boundary: grain call, link, REST, MCP.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>: stable, for programs.</param>
/// <param name="Message">One sentence or two for a person: what happened and what to change. Holds no secret.</param>
public sealed record Problem(string Code, string Message)
{
    /// <summary>Seconds after which asking again may help; null when waiting doesn't help.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Machine-readable facts, such as the guard's rule and position; null when there are none.</summary>
    public Dictionary<string, string>? Details { get; init; }
}
