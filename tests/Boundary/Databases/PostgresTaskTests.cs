using System.Text.Json;
using Npgsql;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Postgres;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>Tasks of type <c>postgres</c> on a real PostgreSQL.</summary>
public sealed class PostgresTaskTests(PostgresTaskFixture postgres) : IClassFixture<PostgresTaskFixture>, IAsyncLifetime
{
    private const string Main = """{"connection": "main"}""";

    private readonly RecordedOutput _output = new();
    private DatabaseAgent _agent = null!;

    public async Task InitializeAsync()
    {
        _agent = new DatabaseAgent(
            $$$"""{"main": {"type": "postgres", "host": "127.0.0.1", "port": {{{postgres.Server.Port}}}, "password": "${secret:PG}", "tls": "disabled", "write": true}}""",
            """{"postgres": {"enabled": true, "write": true, "ddl": true, "admin": true, "max_rows": 5}}""");
        _agent.Secrets["PG"] = PostgresServer.Password;
        await ServerAsync("DROP TABLE IF EXISTS items; CREATE TABLE items (id INT PRIMARY KEY, name TEXT)");
    }

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    public async Task Run_Statements_TellsOfEachAndKeepsEveryDigit()
    {
        var end = await RunAsync(
            "INSERT INTO items VALUES (1, 'a;b'), (2, NULL); SELECT id, name, 1.10 d, 'x;y'::text, ARRAY[1,2], timestamp '2026-01-10', $$q;$$ FROM items ORDER BY id; UPDATE items SET name = 'x'");

        Assert.Null(end.Problem);
        var statements = end.Result!.Value.GetProperty("statements");
        Assert.Equal("""[["1","a;b","1.10","x;y","{1,2}","2026-01-10 00:00:00","q;"],["2",null,"1.10","x;y","{1,2}","2026-01-10 00:00:00","q;"]]""",
            statements[1].GetProperty("rows").GetRawText());
        Assert.Equal([2, 2], new[] { 0, 2 }.Select(i => statements[i].GetProperty("affected_rows").GetInt32()));
    }

    [Fact]
    public async Task Run_FailureInABatch_TakesTheBatchBackWithItsDdl()
    {
        var end = await RunAsync(
            "INSERT INTO items VALUES (1, 'a'); INSERT INTO items VALUES (2, 'b'); CREATE TABLE more (a INT); INSERT INTO items VALUES (1, 'c')",
            """{"connection": "main", "exec_options": {"trans_batch_size": 2}}""");

        Assert.Equal((ProblemCodes.SqlFailed, "23505", "4", "2"),
            (end.Problem?.Code, end.Problem?.Details?["sqlstate"], end.Problem?.Details?["statement"], end.Problem?.Details?["batch"]));
        Assert.Equal(["success", "success", "rolled_back", "failed"],
            end.Result!.Value.GetProperty("statements").EnumerateArray().Select(statement => statement.GetProperty("status").GetString()));
        Assert.Equal("2 0", await ServerAsync("SELECT (SELECT count(*) FROM items) || ' ' || (SELECT count(*) FROM pg_tables WHERE tablename = 'more')"));
    }

    [Fact]
    public async Task Run_ConstraintDeferredToTheCommit_IsToldAndTakenBack()
    {
        await ServerAsync("ALTER TABLE items ADD COLUMN parent INT REFERENCES items DEFERRABLE INITIALLY DEFERRED");

        var end = await RunAsync("INSERT INTO items VALUES (1, 'a', 77)");

        Assert.Equal("23503", end.Problem?.Details?["sqlstate"]);
        Assert.Equal("rolled_back", end.Result!.Value.GetProperty("statements")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Run_FunctionThatWrites_IsRefusedByTheServerInAReadingBatch()
    {
        await ServerAsync("CREATE OR REPLACE FUNCTION sneak() RETURNS INT LANGUAGE sql AS 'INSERT INTO items VALUES (99, ''x'') RETURNING 1'");

        var end = await RunAsync("SELECT sneak()");

        Assert.Equal("25006", end.Problem?.Details?["sqlstate"]);
        Assert.Equal("0", await ServerAsync("SELECT count(*)::text FROM items"));
    }

    [Fact]
    public async Task Run_WhatNoTransactionTakes_RunsAlone()
    {
        var end = await RunAsync("INSERT INTO items VALUES (1, 'a'); VACUUM items; CREATE INDEX CONCURRENTLY items_name ON items (name)");

        Assert.Null(end.Problem);
    }

    [Fact]
    public async Task Run_MoreRowsThanAllowed_CutsThemAndGoesOn()
    {
        var end = await RunAsync("SELECT generate_series(1, 1000); SELECT 7");

        var statements = end.Result!.Value.GetProperty("statements");
        Assert.Equal([5, 1], statements.EnumerateArray().Select(statement => statement.GetProperty("row_count").GetInt32()));
        Assert.True(statements[0].GetProperty("rows_cut").GetBoolean());
    }

    [Fact]
    public async Task Run_Canceled_EndsItOnTheServer()
    {
        using var cancel = new CancellationTokenSource();
        var running = _agent.RunAsync(DatabaseAgent.Task(TaskTypes.Postgres, "INSERT INTO items VALUES (1, 'a'); UPDATE items SET name = pg_sleep(120)::text", Main), _output, cancel.Token);
        await _output.WrittenAsync("statement 2 of 2 begins");

        await cancel.CancelAsync();

        Assert.Equal(TaskStatuses.Canceled, (await running).Status);
        await Eventually.SoAsync("it ends on the server", async () =>
            await ServerAsync("SELECT count(*)::text FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'UPDATE items SET name%'") == "0");
        Assert.Equal("0", await ServerAsync("SELECT count(*)::text FROM items"));
    }

    [Fact]
    public async Task Run_CopyToTheClient_FailsAndLeavesTheAgentUsable()
    {
        var copy = await RunAsync("COPY items TO STDOUT");
        var after = await RunAsync("SELECT 1");

        Assert.Equal(TaskStatuses.Failed, copy.Status);
        Assert.Null(after.Problem);
    }

    [Fact]
    public async Task Run_SecretThatIsMissing_SaysWhich()
    {
        _agent.Secrets.Clear();

        var end = await RunAsync("SELECT 1");

        Assert.Equal(ProblemCodes.InvalidArgument, end.Problem?.Code);
        Assert.Contains("PG", end.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongPassword_SaysUnreachableWithoutIt()
    {
        _agent.Secrets["PG"] = "other-password";

        var end = await RunAsync("SELECT 1");

        Assert.Equal(ProblemCodes.DatabaseUnreachable, end.Problem?.Code);
        Assert.DoesNotContain("other-password", JsonSerializer.Serialize(end), StringComparison.Ordinal);
    }

    private Task<TaskComplete> RunAsync(string sql, string parameters = Main) => _agent.RunAsync(DatabaseAgent.Task(TaskTypes.Postgres, sql, parameters), _output);

    private async Task<string?> ServerAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.Server.ConnectionString());
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
