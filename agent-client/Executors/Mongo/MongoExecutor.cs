using System.Text.Json;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Policy;
using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Mongo;

/// <summary>Tasks of type <c>mongo</c>: operations that mongosh carries out, in order, up to the first that fails.</summary>
internal sealed class MongoExecutor(
    DatabasePolicy policy, ConnectionResolver connections, SqlSource source, MongoShell shell, TimeProvider time) : IExecutor
{
    public string Type => TaskTypes.Mongo;

    public Problem? CheckSent(TaskCreate task) => DatabaseParameters.CheckSent(task);

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) =>
        connections.CheckAsync(task, (text, mayWrite) => Judge(text, mayWrite).Problem, cancellation);

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var parameters = DatabaseParameters.Read(task);
        if (!parameters.Ok)
            return Ends.Failed(task, parameters.Problem);
        var options = parameters.Value.ExecOptions ?? new();
        using var limit = new DatabaseDeadline(Type, policy, options, time, cancellation);
        var outcomes = new List<MongoOutcome>();
        Problem? problem;
        try
        {
            var connection = await connections.OpenAsync(parameters.Value, limit.Token);
            if (!connection.Ok)
                return Ends.Failed(task, connection.Problem);
            var text = await source.ReadAsync(task, parameters.Value.FileName, limit.Token);
            if (!text.Ok)
                return Ends.Failed(task, text.Problem);
            var operations = Judge(text.Value, connection.Value.Write);
            if (!operations.Ok)
                return Ends.Failed(task, operations.Problem);
            problem = await RunAsync(connection.Value, operations.Value, outcomes, output, limit);
        }
        catch (OperationCanceledException)
        {
            problem = limit.Problem(cancellation);
        }
        return Ends.Of(task, problem, outcomes.Count == 0 ? null : Result(outcomes));
    }

    private async Task<Problem?> RunAsync(
        DatabaseConnection connection, List<MongoOperation> operations, List<MongoOutcome> outcomes, ITaskOutput output, DatabaseDeadline limit)
    {
        var script = MongoScript.Of(connection, operations, limit.Length);
        var exit = await shell.RunAsync(script, async line =>
        {
            if (Outcome(line, connection) is not { } outcome || outcome.Index < 1 || outcome.Index > operations.Count)
                return;
            outcomes.Add(outcome);
            var operation = operations[outcome.Index - 1];
            await output.NoteAsync(
                $"operation {outcome.Index} of {operations.Count}: {operation.Kind} {operation.Collection} {(outcome.Error is null ? "success" : "failed")}", limit.Token);
        }, limit.Token);
        if (!exit.Ok)
            return exit.Problem;
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null) is { } failed)
        {
            var rest = failed.Index < operations.Count ? $" Operations {failed.Index + 1} to {operations.Count} didn't run." : "";
            return new Problem(ProblemCodes.SqlFailed, $"Operation {failed.Index} of {operations.Count} failed: {failed.Error}.{rest}");
        }
        return outcomes.Count == operations.Count ? null : new Problem(ProblemCodes.DatabaseUnreachable,
            $"{MongoShell.Name} ended with {exit.Value} after {outcomes.Count} of {operations.Count} operations: "
            + $"{connection} can't be reached, refuses the login, or was lost; of the operation that ran then isn't known what became of it.");
    }

    /// <summary>The operations, if all of them may run; each of them writes.</summary>
    private Outcome<List<MongoOperation>> Judge(string json, bool mayWrite)
    {
        var operations = MongoOperations.Read(json, policy.MaxStatements);
        if (!operations.Ok)
            return operations;
        if (!policy.Write)
            return PolicyRefusal.Because("databases.mongo.write", "The operations write, which the agent's policy doesn't let through.");
        if (!mayWrite)
            return PolicyRefusal.Because("connection.write", "The operations write; the connection only lets tasks read.");
        return operations.Value.FirstOrDefault(operation => policy.DeniedBy(operation.Kind) >= 0) is { } denied
            ? PolicyRefusal.Because($"databases.mongo.deny[{policy.DeniedBy(denied.Kind)}]", $"Operation {denied.Index} ({denied.Kind}) is denied by the agent's policy.")
            : operations;
    }

    /// <summary>What a line of the script's says; null: it is a line of something else.</summary>
    private static MongoOutcome? Outcome(string line, DatabaseConnection connection)
    {
        if (!line.StartsWith(MongoScript.Mark, StringComparison.Ordinal))
            return null;
        try
        {
            var outcome = JsonSerializer.Deserialize(line[MongoScript.Mark.Length..], MongoJson.Default.MongoOutcome);
            return outcome?.Error is { } error
                ? outcome with { Error = StatementText.Clip(Hide(error, connection)) }
                : outcome;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Hide(string text, DatabaseConnection connection) => connection.Password.Length == 0 ? text
        : text.Replace(Uri.EscapeDataString(connection.Password), "***", StringComparison.Ordinal).Replace(connection.Password, "***", StringComparison.Ordinal);

    private static JsonElement Result(List<MongoOutcome> outcomes)
    {
        const int Most = 500;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("database", TaskTypes.Mongo);
            json.WriteStartArray("operations");
            foreach (var outcome in outcomes.TakeLast(Most))
                Write(json, outcome);
            json.WriteEndArray();
            if (outcomes.Count > Most)
                json.WriteBoolean("truncated", true);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter json, MongoOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteNumber("index", outcome.Index);
        json.WriteString("status", outcome.Error is null ? StatementEntry.Success : StatementEntry.Failed);
        foreach (var (name, count) in new[]
        {
            ("inserted", outcome.Inserted), ("matched", outcome.Matched), ("modified", outcome.Modified), ("upserted", outcome.Upserted),
            ("deleted", outcome.Deleted),
        })
        {
            if (count is { } known)
                json.WriteNumber(name, known);
        }
        if (outcome.ElapsedMs is { } elapsed)
            json.WriteNumber("elapsed_ms", elapsed);
        if (outcome.Error is not null)
            json.WriteString("error", outcome.Error);
        json.WriteEndObject();
    }
}
