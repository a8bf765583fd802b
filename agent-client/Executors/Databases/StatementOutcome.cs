using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Databases;

/// <summary>How one statement ended.</summary>
/// <param name="AffectedRows">Rows it changed; null: it isn't one that changes rows, or the server doesn't say.</param>
/// <param name="Problem">Why it failed; null: it didn't.</param>
internal sealed record StatementOutcome(long? AffectedRows, Problem? Problem)
{
    /// <summary>Whether the connection is lost, and with it what the server made of the statement.</summary>
    public bool IsLost => Problem?.Code == ProblemCodes.DatabaseUnreachable;

    public static implicit operator StatementOutcome(Problem problem) => new(null, problem);
}
