namespace Outrider.Api.Problems;

/// <summary>The shape of <see cref="ProblemJson"/>, for OpenAPI and for clients in C#.</summary>
/// <param name="Type"><c>urn:outrider:problem:</c> and the code.</param>
/// <param name="Title">The code for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened and what to change.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="RetryAfterSeconds">When asking again may help.</param>
/// <param name="Details">Facts for programs.</param>
/// <param name="TraceId">Finds the log entry of a failure of the centre.</param>
public sealed record ProblemView(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    int? RetryAfterSeconds = null,
    Dictionary<string, string>? Details = null,
    string? TraceId = null);
