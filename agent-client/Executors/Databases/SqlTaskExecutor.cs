using Outrider.Agent.Connections;
using Outrider.Agent.Policy;
using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Databases;

/// <summary>
/// Tasks of a type of database that takes SQL (docs/tasks/databases.md): every statement is classified and held against the policy before the
/// first one runs. Of a task with a file that is when the file has come.
/// </summary>
internal sealed class SqlTaskExecutor(
    string type, DatabasePolicy policy, ConnectionResolver connections, SqlSource source, IDatabase database, TimeProvider time) : IExecutor
{
    public string Type => type;

    public Problem? CheckSent(TaskCreate task) => DatabaseParameters.CheckSent(task);

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) =>
        connections.CheckAsync(task, (text, mayWrite) => Judge(text, mayWrite).Problem, cancellation);

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var parameters = DatabaseParameters.Read(task);
        if (!parameters.Ok)
            return Ends.Failed(task, parameters.Problem);
        var options = parameters.Value.ExecOptions ?? new();
        using var limit = new DatabaseDeadline(type, policy, options, time, cancellation);
        StatementRecorder? recorder = null;
        DatabaseConnection? used = null;
        Problem? problem;
        try
        {
            var connection = await connections.OpenAsync(parameters.Value, limit.Token);
            if (!connection.Ok)
                return Ends.Failed(task, connection.Problem);
            used = connection.Value;
            var sql = await source.ReadAsync(task, parameters.Value.FileName, limit.Token);
            if (!sql.Ok)
                return Ends.Failed(task, sql.Problem);
            var statements = Judge(sql.Value, used.Write);
            if (!statements.Ok)
                return Ends.Failed(task, statements.Problem);
            recorder = new StatementRecorder(output, database.Dialect, statements.Value.Count, policy.MaxRows, time);
            var run = new StatementRun(statements.Value, options, Comment(task, parameters.Value), policy.MaxRows, recorder);
            problem = await RunAsync(used, run, limit.Token);
        }
        catch (OperationCanceledException)
        {
            problem = limit.Problem(cancellation);
        }
        return Ends.Of(task, problem, recorder?.Result(json =>
        {
            json.WriteString("database", type);
            json.WriteString("connection", used!.ToString());
            json.WriteString("transactions", database.TransactionNote);
        }));
    }

    private async Task<Problem?> RunAsync(DatabaseConnection connection, StatementRun run, CancellationToken cancellation)
    {
        if (connection.GoInception is not null && database is IReviewedDatabase reviewed && run.Statements.Any(statement => statement.Kind != StatementKind.Read))
            return await reviewed.RunReviewedAsync(connection, run, cancellation);
        var session = await database.OpenAsync(connection, run.MaxRows, cancellation);
        if (!session.Ok)
            return session.Problem;
        await using (session.Value)
            return await new BatchRunner(database, time).RunAsync(session.Value, run, cancellation);
    }

    /// <summary>The statements, if all of them may run.</summary>
    private Outcome<List<SqlStatement>> Judge(string sql, bool mayWrite)
    {
        var statements = StatementSplitter.Split(sql, database.Dialect, policy.MaxStatements);
        return statements.Ok && StatementRules.Check(type, policy, mayWrite, statements.Value) is { } refused ? refused : statements;
    }

    private static string Comment(TaskCreate task, DatabaseParameters parameters) => parameters.Metadata is { } metadata
        ? StatementText.Comment([("task", task.TaskId), ("env", metadata.Env), ("creator", metadata.Creator), ("ticket", metadata.Ticket)])
        : "";
}
