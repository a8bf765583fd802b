using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Databases;

/// <summary>
/// Runs statements one after another. What is canceled throws <see cref="OperationCanceledException"/>, has been ended on the server, and
/// leaves a session that is good for nothing but its disposal, which takes an open transaction back.
/// </summary>
internal interface IStatementSession : IAsyncDisposable
{
    /// <summary>Begins a transaction, if the database has them. Null: done.</summary>
    Task<Problem?> BeginAsync(BatchMode mode, CancellationToken cancellation);

    /// <summary>Runs one statement and passes its rows on. <c>sql_failed</c>, <c>database_unreachable</c>, <c>payload_too_large</c>.</summary>
    /// <param name="sql">It, with what comes before it.</param>
    /// <param name="statement">What it is.</param>
    /// <param name="mode">Of its batch.</param>
    /// <param name="rows">Takes its rows.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<StatementOutcome> ExecuteAsync(string sql, SqlStatement statement, BatchMode mode, IRowSink rows, CancellationToken cancellation);

    /// <summary>Makes the transaction last. Null: done.</summary>
    Task<Problem?> CommitAsync(CancellationToken cancellation);

    /// <summary>Takes the transaction back.</summary>
    Task RollbackAsync();
}
