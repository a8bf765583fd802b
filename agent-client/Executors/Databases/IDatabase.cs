using Outrider.Agent.Connections;
using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Databases;

/// <summary>A type of database that takes SQL. Keeps the sessions that tasks may use again.</summary>
internal interface IDatabase : IAsyncDisposable
{
    SqlDialect Dialect { get; }

    /// <summary>Whether statements can be put into transactions.</summary>
    bool HasTransactions { get; }

    /// <summary>Whether ddl can be taken back with the rest of its transaction.</summary>
    bool HasTransactionalDdl { get; }

    /// <summary>What holds of transactions there, as a sentence for results.</summary>
    string TransactionNote { get; }

    /// <summary>
    /// A session of its own for one task; not tried again. <c>database_unreachable</c>. Throws <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<Outcome<IStatementSession>> OpenAsync(DatabaseConnection connection, int maxRows, CancellationToken cancellation);
}
