using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.ClickHouse;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>Tasks of type <c>clickhouse</c> on a real ClickHouse 18.16.</summary>
public sealed class ClickHouseTaskTests(ClickHouseFixture clickHouse) : IClassFixture<ClickHouseFixture>, IAsyncLifetime
{
    private const string Main = """{"connection": "main"}""";

    private readonly RecordedOutput _output = new();
    private DatabaseAgent _agent = null!;

    public async Task InitializeAsync()
    {
        _agent = new DatabaseAgent(
            $$"""
            {
              "main": {"type": "clickhouse", "host": "127.0.0.1", "port": {{clickHouse.Server.Port}}, "password": "{{ClickHouseServer.Password}}", "write": true},
              "wrong": {"type": "clickhouse", "host": "127.0.0.1", "port": {{clickHouse.Server.Port}}, "password": "other-password"},
              "nobody": {"type": "clickhouse", "host": "127.0.0.1", "port": 1}
            }
            """,
            """{"clickhouse": {"enabled": true, "write": true, "ddl": true, "admin": true, "targets": true, "max_rows": 5}}""");
        await clickHouse.Server.QueryAsync("DROP TABLE IF EXISTS items");
        await clickHouse.Server.QueryAsync("CREATE TABLE items (id UInt64, name Nullable(String)) ENGINE = Memory");
    }

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    public async Task Run_Statements_TellsOfEachAndKeepsEveryCharacter()
    {
        var end = await RunAsync("INSERT INTO items VALUES (18446744073709551615, 'a\\t\\'b\\\\'), (2, NULL); SELECT id, name FROM items ORDER BY id; DROP TABLE items");

        Assert.Null(end.Problem);
        var statements = end.Result!.Value.GetProperty("statements");
        var rows = statements[1].GetProperty("rows");
        Assert.Equal(["2", null, "18446744073709551615", "a\t'b\\"], rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(cell => cell.GetString()));
        // This version doesn't say how many rows it wrote.
        Assert.False(statements[0].TryGetProperty("affected_rows", out _));
        Assert.Equal("0", await clickHouse.Server.QueryAsync("SELECT count() FROM system.tables WHERE name = 'items'"));
    }

    [Fact]
    public async Task Run_Failure_StopsAndTellsTheServersCode()
    {
        var end = await RunAsync("INSERT INTO items VALUES (1, 'a'); SELECT throwIf(number = 3) FROM numbers(10); INSERT INTO items VALUES (2, 'b')");

        Assert.Equal((ProblemCodes.SqlFailed, "395", "2"), (end.Problem?.Code, end.Problem?.Details?["code"], end.Problem?.Details?["statement"]));
        Assert.Equal("1", await clickHouse.Server.QueryAsync("SELECT count() FROM items"));
    }

    [Fact]
    public async Task Run_MoreRowsThanAllowed_CutsThem()
    {
        var end = await RunAsync("SELECT number FROM numbers(1000000)");

        var statement = end.Result!.Value.GetProperty("statements")[0];
        Assert.Equal((5, true), (statement.GetProperty("row_count").GetInt32(), statement.GetProperty("rows_cut").GetBoolean()));
    }

    [Fact]
    public async Task Run_ReadThatLiftsReadOnly_IsRefusedByTheServer()
    {
        var end = await RunAsync("SELECT 1 SETTINGS readonly = 0");

        Assert.Equal("164", end.Problem?.Details?["code"]);
    }

    [Fact]
    public async Task Run_FormatOfItsOwn_SaysToLeaveItOut()
    {
        var end = await RunAsync("SELECT 1 FORMAT JSON");

        Assert.Contains("FORMAT", end.Problem?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Canceled_KillsTheStatement()
    {
        using var cancel = new CancellationTokenSource();
        var running = _agent.RunAsync(DatabaseAgent.Task(TaskTypes.ClickHouse, "SELECT sum(ignore(*)) FROM numbers(1000000000000)", Main), _output, cancel.Token);
        await UntilRunningAsync("1");

        await cancel.CancelAsync();

        Assert.Equal(TaskStatuses.Canceled, (await running).Status);
        await UntilRunningAsync("0");
    }

    [Theory]
    [InlineData("wrong", ProblemCodes.SqlFailed)]
    [InlineData("nobody", ProblemCodes.DatabaseUnreachable)]
    public async Task Run_WrongPlace_SaysSoWithoutThePassword(string connection, string code)
    {
        var end = await RunAsync("SELECT 1", JsonSerializer.Serialize(new { connection }));

        Assert.Equal(code, end.Problem?.Code);
        Assert.DoesNotContain("other-password", JsonSerializer.Serialize(end), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NativeProtocol_NamesTheHttpPort()
    {
        var end = await RunAsync("SELECT 1", """{"target": {"host": "allowed.test", "protocol": "native", "port": 9000}}""");

        Assert.Equal(ProblemCodes.InvalidArgument, end.Problem?.Code);
        Assert.Contains("8123", end.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OtherDatabase_IsUsed()
    {
        var end = await RunAsync("SELECT currentDatabase()", """{"connection": "main", "database": "system"}""");

        Assert.Equal("""[["system"]]""", end.Result!.Value.GetProperty("statements")[0].GetProperty("rows").GetRawText());
    }

    private Task<TaskComplete> RunAsync(string sql, string parameters = Main) => _agent.RunAsync(DatabaseAgent.Task(TaskTypes.ClickHouse, sql, parameters), _output);

    private Task UntilRunningAsync(string count) => Eventually.SoAsync($"{count} such queries run", async () =>
        await clickHouse.Server.QueryAsync("SELECT count() FROM system.processes WHERE query LIKE 'SELECT sum(ignore%'") == count);
}
