using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Carries a problem from deep in an expression up to the method that answers with it.</summary>
public sealed class QueryException(Problem problem) : Exception(problem.Message)
{
    public Problem Problem { get; } = problem;

    /// <summary>The text is none of this language.</summary>
    internal static QueryException Malformed(string what, int at) => new(
        new Problem(ProblemCodes.InvalidArgument, $"The query can't be read at character {at + 1}: {what}.") { Details = Position(at) });

    /// <summary>Prometheus has it, and this doesn't.</summary>
    internal static QueryException Unsupported(string construct, int at) => new(
        new Problem(ProblemCodes.InvalidArgument, $"{construct}, at character {at + 1}, is not supported. docs/promql.md lists what is.")
        {
            Details = Position(at),
        });

    /// <summary>The data doesn't allow it.</summary>
    internal static QueryException Failed(string message) => new(new Problem(ProblemCodes.QueryFailed, message));

    private static Dictionary<string, string> Position(int at) => new() { ["position"] = $"{at + 1}" };
}
