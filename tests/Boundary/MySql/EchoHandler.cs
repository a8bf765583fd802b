using System.Runtime.CompilerServices;
using Outrider.MySql.Server;

namespace Outrider.Tests.Boundary.MySql;

/// <summary>Answers what the tests of both halves ask for.</summary>
internal sealed class EchoHandler : IQueryHandler
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a statement waits for its interruption.</summary>
    public Task Waiting => _waiting.Task;

    public async ValueTask<QueryReply> HandleAsync(string sql, ServerSession session, CancellationToken cancellationToken)
    {
        switch (sql)
        {
            case "WAIT":
                _waiting.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return QueryReply.Done;
            case "ROWS THEN WAIT":
                return new QueryReply.ResultSet([new() { Name = "n" }], RowsThenWaitAsync(cancellationToken));
            case "MANY":
                return new QueryReply.ResultSet(
                    [new() { Name = "n" }, new() { Name = "t" }],
                    Enumerable.Range(1, 100_000).Select(n => (IReadOnlyList<string?>)[n.ToString(), n % 2 == 0 ? null : "磁盘"]).ToAsyncEnumerable());
            case "FAIL":
                return QueryReply.Failed(1064, "42000", "No.");
            case "CHANGE":
                return new QueryReply.Ok(new() { AffectedRows = 3, LastInsertId = 70_000, Warnings = 2, Info = "changed" });
            case "NONE":
                return QueryReply.FromRows(["a", "b"]);
            default:
                return QueryReply.FromRows(["sql", "user", "database", "tls"], [sql, session.User, session.Database, session.IsTls ? "1" : "0"]);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> RowsThenWaitAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return ["1"];
        yield return ["2"];
        _waiting.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
}
