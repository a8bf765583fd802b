using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.MySql;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>Writing tasks of type <c>mysql</c> through a goInception that is played by our MySQL server half.</summary>
public sealed class GoInceptionTests : IAsyncLifetime
{
    private const string Password = "p'a-ss: #1";
    private const string Main = """{"connection": "shop"}""";

    private readonly FakeGoInception _goInception = new();
    private readonly RecordedOutput _output = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _goInception.DisposeAsync();

    [Fact]
    public async Task Run_Writing_GoesThroughItWithItsOptions()
    {
        var end = await RunAsync(
            "INSERT INTO t VALUES (1); ALTER TABLE t ADD b INT",
            """{"connection": "shop", "exec_options": {"trans_batch_size": 50, "sleep_ms": 7}, "metadata": {"ticket": "T-1"}}""");

        Assert.Null(end.Problem);
        Assert.Equal(("root", Password, "10.0.0.5", "3306", "1", "1", "50", "7", "shop"), (
            Option("user"), Option("password"), Option("host"), Option("port"), Option("execute"), Option("backup"), Option("trans"), Option("sleep"), Option("db")));
        Assert.Equal(["use `shop`", "/* task=task-1 ticket=T-1 */ INSERT INTO t VALUES (1)", "/* task=task-1 ticket=T-1 */ ALTER TABLE t ADD b INT"], _goInception.Statements);
        var first = end.Result!.Value.GetProperty("statements")[0];
        Assert.Equal((1, "write", "success", 3), (first.GetProperty("index").GetInt32(), Text(first, "kind"), Text(first, "status"), first.GetProperty("affected_rows").GetInt32()));
        Assert.Equal(("127_0_0_1_3306_shop", "'1700000000_12_00000002'", "EXECUTED"), (Text(first, "backup_dbname"), Text(first, "sequence"), Text(first, "stage")));
        Assert.Equal(6, end.Result.Value.GetProperty("affected_rows").GetInt32());
    }

    [Fact]
    public async Task Run_StatementThatFails_TellsWhatRanAndNoPassword()
    {
        var end = await RunAsync("INSERT INTO t VALUES (1); INSERT INTO BAD VALUES (2); INSERT INTO t VALUES (3)");

        Assert.Equal((ProblemCodes.SqlFailed, "1"), (end.Problem?.Code, end.Problem?.Details?["executed"]));
        Assert.StartsWith("Statement 2 of 3 failed: Execute: Access denied", end.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(["success", "failed", "not_run"], end.Result!.Value.GetProperty("statements").EnumerateArray().Select(statement => Text(statement, "status")));
        Assert.DoesNotContain("p'a-ss", JsonSerializer.Serialize(end).Replace("\\u0027", "'", StringComparison.Ordinal) + _output.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "failed")]
    [InlineData(true, "success")]
    public async Task Run_Warning_CountsAsTheSettingsSay(bool ignored, string status)
    {
        var end = await RunAsync("CREATE TABLE WARN (a INT)", ignoreWarnings: ignored);

        Assert.Equal(status, Text(end.Result!.Value.GetProperty("statements")[0], "status"));
        Assert.Equal(ignored, end.Problem is null);
    }

    [Fact]
    public async Task Run_Canceled_TellsWhatWasDone()
    {
        using var cancel = new CancellationTokenSource();
        await using var agent = Agent();
        var running = agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, "INSERT INTO t VALUES (1); INSERT INTO SLOW VALUES (2)", Main), _output, cancel.Token);
        await _goInception.SlowBegan;

        await cancel.CancelAsync();

        var end = await running;
        Assert.Equal(TaskStatuses.Canceled, end.Status);
        Assert.Equal(["success", "unknown"], end.Result!.Value.GetProperty("statements").EnumerateArray().Select(statement => Text(statement, "status")));
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES ('\ninception_magic_commit;')")]
    [InlineData("INSERT INTO t VALUES (1) /* INCEPTION_MAGIC_START */ , (2)")]
    public async Task Run_TextWithItsMarks_IsRefused(string sql)
    {
        Assert.Equal(ProblemCodes.InvalidArgument, (await RunAsync(sql)).Problem?.Code);
        Assert.Empty(_goInception.Statements);
    }

    [Theory]
    [InlineData("a;b")]
    [InlineData("a*/b")]
    [InlineData("my-remote-password")]
    public async Task Run_PasswordThatItCannotTake_IsToldWithoutIt(string password)
    {
        await using var agent = Agent(password: password);

        var end = await agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, "DELETE FROM t WHERE a = 1", Main), _output);

        Assert.Equal(ProblemCodes.InvalidArgument, end.Problem?.Code);
        Assert.DoesNotContain(password, end.Problem!.Message, StringComparison.Ordinal);
    }

    /// <summary>Nobody listens at the database's own address here.</summary>
    [Fact]
    public async Task Run_OnlyReading_GoesDirectly()
    {
        var end = await RunAsync("SELECT 1", host: "127.0.0.1");

        Assert.Equal(ProblemCodes.DatabaseUnreachable, end.Problem?.Code);
        Assert.Empty(_goInception.Statements);
    }

    private string? Option(string name) => _goInception.Options.GetValueOrDefault(name);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private async Task<TaskComplete> RunAsync(string sql, string parameters = Main, bool ignoreWarnings = false, string host = "10.0.0.5")
    {
        await using var agent = Agent(ignoreWarnings, host);
        return await agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, sql, parameters), _output);
    }

    private DatabaseAgent Agent(bool ignoreWarnings = false, string host = "10.0.0.5", string password = Password) => new(
        JsonSerializer.Serialize(new
        {
            shop = new
            {
                type = "mysql",
                host,
                port = host == "127.0.0.1" ? 1 : 3306,
                password,
                database = "shop",
                write = true,
                goinception = new { host = "127.0.0.1", port = _goInception.Port, ignore_warnings = ignoreWarnings },
            },
        }),
        """{"mysql": {"enabled": true, "write": true, "ddl": true}}""");
}
