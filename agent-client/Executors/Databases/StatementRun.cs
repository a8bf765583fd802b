using Outrider.Agent.Statements;

namespace Outrider.Agent.Executors.Databases;

/// <summary>What one task runs.</summary>
/// <param name="Statements">In order; the policy lets them through.</param>
/// <param name="Options">How.</param>
/// <param name="Comment">What stands before each of them; empty: nothing.</param>
/// <param name="MaxRows">Most rows of one statement.</param>
/// <param name="Recorder">Follows them.</param>
internal sealed record StatementRun(
    IReadOnlyList<SqlStatement> Statements, ExecOptions Options, string Comment, int MaxRows, StatementRecorder Recorder);
