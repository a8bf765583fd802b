using Outrider.Agent.Connections;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Databases;

/// <summary>A database whose writing statements can go through a program that reviews, executes and backs up.</summary>
internal interface IReviewedDatabase : IDatabase
{
    /// <summary>Has all statements reviewed and executed. Null: all ran.</summary>
    Task<Problem?> RunReviewedAsync(DatabaseConnection connection, StatementRun run, CancellationToken cancellation);
}
