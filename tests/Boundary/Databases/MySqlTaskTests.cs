using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Outrider.MySql.Client;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.MariaDb;
using Outrider.Testing.Processes;
using Outrider.Tests.Boundary.MySql;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>Tasks of type <c>mysql</c> on a real MariaDB, with nothing between.</summary>
[Collection(MariaDbGroup.Name)]
public sealed class MySqlTaskTests(MariaDbFixture maria) : IAsyncLifetime
{
    private const string Everything = """{"mysql": {"enabled": true, "write": true, "ddl": true, "admin": true, "targets": true, "max_rows": 5, "deny": ["DROP DATABASE"]}}""";
    private const string Main = """{"connection": "main"}""";

    private readonly RecordedOutput _output = new();
    private DatabaseAgent _agent = null!;

    public async Task InitializeAsync()
    {
        _agent = Agent(Everything);
        await ServerAsync("DROP TABLE IF EXISTS items");
        await ServerAsync("CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(20)) ENGINE=InnoDB");
    }

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    public async Task Run_Statements_TellsOfEachAndBringsRows()
    {
        var end = await RunAsync("INSERT INTO items VALUES (1, 'a'), (2, NULL); SELECT id, name FROM items ORDER BY id; UPDATE items SET name = 'x' WHERE id = 1");

        Assert.Equal((TaskStatuses.Success, null), (end.Status, end.Problem?.Message));
        var result = end.Result!.Value;
        Assert.Equal((3, 3L), (result.GetProperty("success").GetInt32(), result.GetProperty("affected_rows").GetInt64()));
        var read = result.GetProperty("statements")[1];
        Assert.Equal(("read", "low", """[["1","a"],["2",null]]"""),
            (read.GetProperty("kind").GetString(), read.GetProperty("risk").GetString(), read.GetProperty("rows").GetRawText()));
        Assert.Equal("{\"statement\":2,\"columns\":[\"id\",\"name\"]}\n[\"1\",\"a\"]\n[\"2\",null]\n", _output.Rows);
        Assert.Contains("statement 3 of 3: success, 1 rows affected", _output.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FailureInABatch_TakesTheBatchBackAndStops()
    {
        var end = await RunAsync(
            "INSERT INTO items VALUES (1, 'a'); INSERT INTO items VALUES (2, 'b'); INSERT INTO items VALUES (3, 'c'); INSERT INTO items VALUES (3, 'd'); INSERT INTO items VALUES (5, 'e')",
            """{"connection": "main", "exec_options": {"trans_batch_size": 2}}""");

        Assert.Equal((TaskStatuses.Failed, ProblemCodes.SqlFailed), (end.Status, end.Problem?.Code));
        Assert.Equal(("4", "2", "1062"), (end.Problem!.Details!["statement"], end.Problem.Details["batch"], end.Problem.Details["errno"]));
        Assert.Contains("Statements 5 to 5 didn't run", end.Problem.Message, StringComparison.Ordinal);
        Assert.Equal("1,2", await ServerAsync("SELECT GROUP_CONCAT(id ORDER BY id) FROM items"));
        Assert.Equal(["success", "success", "rolled_back", "failed"], Statuses(end));
        Assert.Equal(2, end.Result!.Value.GetProperty("affected_rows").GetInt64());
        Assert.Equal(1, end.Result!.Value.GetProperty("not_run").GetInt32());
    }

    [Fact]
    public async Task Run_MoreRowsThanAllowed_CutsThemAndGoesOn()
    {
        var end = await RunAsync("SELECT seq FROM seq_1_to_100; SELECT seq FROM seq_1_to_100 LIMIT 50; SELECT 7");

        var statements = end.Result!.Value.GetProperty("statements");
        Assert.Equal([5, 5, 1], statements.EnumerateArray().Select(statement => statement.GetProperty("row_count").GetInt32()));
        Assert.True(statements[1].GetProperty("rows_cut").GetBoolean());
    }

    [Fact]
    public async Task Run_FunctionThatWrites_IsRefusedByTheServerInAReadingBatch()
    {
        await ServerAsync("CREATE OR REPLACE FUNCTION sneak() RETURNS INT MODIFIES SQL DATA BEGIN INSERT INTO items VALUES (99, 'x'); RETURN 1; END");

        var end = await RunAsync("SELECT sneak()");

        Assert.Equal("1792", end.Problem?.Details?["errno"]);
        Assert.Equal("0", await ServerAsync("SELECT COUNT(*) FROM items"));
    }

    /// <summary>With that mode a server would read the string's end elsewhere than the lexer does.</summary>
    [Fact]
    public async Task Run_ServerWithoutBackslashEscapes_ReadsStringsAsTheLexer()
    {
        var mode = await ServerAsync("SELECT @@GLOBAL.sql_mode");
        await ServerAsync("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,STRICT_TRANS_TABLES'");
        try
        {
            await using var agent = Agent(Everything);
            var end = await agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, "SELECT 'a\\'b', \"c\"", Main));
            Assert.Equal("""[["a'b","c"]]""", Unescaped(end.Result!.Value.GetProperty("statements")[0].GetProperty("rows")));
        }
        finally
        {
            await ServerAsync($"SET GLOBAL sql_mode = '{mode}'");
        }
    }

    [Fact]
    public async Task Run_Canceled_KillsTheStatementAndTakesTheBatchBack()
    {
        using var cancel = new CancellationTokenSource();
        var running = _agent.RunAsync(
            DatabaseAgent.Task(TaskTypes.MySql, "INSERT INTO items VALUES (1, 'a'); INSERT INTO items SELECT 2, COUNT(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b", Main), _output, cancel.Token);
        await _output.WrittenAsync("statement 2 of 2 begins");
        await UntilAsync("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'INSERT INTO items SELECT 2%'", "1");

        await cancel.CancelAsync();

        var end = await running;
        Assert.Equal((TaskStatuses.Canceled, ProblemCodes.Canceled), (end.Status, end.Problem?.Code));
        Assert.Equal(["rolled_back", "canceled"], Statuses(end));
        await UntilAsync("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'INSERT INTO items SELECT 2%'", "0");
        await UntilAsync("SELECT COUNT(*) FROM items", "0");
    }

    [Fact]
    public async Task Run_OverItsTime_SaysSo()
    {
        var end = await RunAsync("SELECT SLEEP(120)", """{"connection": "main", "exec_options": {"timeout_ms": 200}}""");

        Assert.Equal((TaskStatuses.Failed, ProblemCodes.TimedOut), (end.Status, end.Problem?.Code));
    }

    [Fact]
    public async Task Run_TwoTasks_ShareNoSessionState()
    {
        await RunAsync("SET @secret = 'left behind'; USE information_schema; CREATE TEMPORARY TABLE test.left_behind (a INT)");

        var end = await RunAsync("SELECT @secret, DATABASE()");
        var table = await RunAsync("SELECT * FROM left_behind");

        Assert.Equal("""[[null,"test"]]""", end.Result!.Value.GetProperty("statements")[0].GetProperty("rows").GetRawText());
        Assert.Equal("1146", table.Problem?.Details?["errno"]);
    }

    [Fact]
    public async Task Run_Metadata_StandsInTheServersOwnLog()
    {
        var end = await RunAsync(
            "SELECT info FROM information_schema.processlist WHERE id = CONNECTION_ID()",
            """{"connection": "main", "metadata": {"env": "prod", "ticket": "T-1 */ DROP"}}""");

        Assert.StartsWith("/* task=task-1 env=prod ticket=T-1____DROP */ SELECT info",
            end.Result!.Value.GetProperty("statements")[0].GetProperty("rows")[0][0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PasswordStatement_ShowsItNowhere()
    {
        var end = await RunAsync("CREATE USER u1 IDENTIFIED BY 'hunter2' FROB 'hunter2'");

        Assert.Equal(ProblemCodes.SqlFailed, end.Problem?.Code);
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(end) + _output.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"enabled": true}""", "INSERT INTO items VALUES (1, 'a')", "databases.mysql.write")]
    [InlineData("""{"enabled": true}""", "SELECT 1; DELETE FROM items", "databases.mysql.write")]
    [InlineData("""{"enabled": true, "write": true}""", "DROP TABLE items", "databases.mysql.ddl")]
    [InlineData("""{"enabled": true, "write": true, "ddl": true}""", "SELECT 1 INTO OUTFILE '/tmp/x'", "databases.mysql.admin")]
    [InlineData("""{"enabled": true, "write": true, "ddl": true, "deny": ["drop"]}""", "DROP TABLE items", "databases.mysql.deny[0]")]
    [InlineData("""{"enabled": true, "connections": ["other"]}""", "SELECT 1", "databases.mysql.connections")]
    public async Task Run_AgainstThePolicy_IsRefusedBeforeAnythingRuns(string policy, string sql, string rule)
    {
        await using var agent = Agent($$$"""{"mysql": {{{policy}}}}""");

        var end = await agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, sql, Main), _output);

        Assert.Equal((ProblemCodes.PolicyRefused, rule), (end.Problem?.Code, end.Problem?.Details?["rule"]));
        Assert.Equal("", _output.Notes);
    }

    [Fact]
    public async Task Run_ReadOnlyConnection_RefusesToWrite()
    {
        var end = await RunAsync("DELETE FROM items", """{"connection": "reader"}""");

        Assert.Equal("connection.write", end.Problem?.Details?["rule"]);
    }

    [Theory]
    [InlineData("""{"target": {"host": "allowed.test", "user": "root", "password": "root-password"}}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"target": {"host": "elsewhere.test", "user": "root"}}""", ProblemCodes.PolicyRefused)]
    [InlineData("""{"connection": "absent"}""", ProblemCodes.ConnectionNotConfigured)]
    [InlineData("""{"conection": "main"}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"connection": "main", "database": "a`b"}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"connection": "main", "exec_options": {"concurrency": 2}}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"connection": "main", "exec_options": {"trans_batch_size": 0}}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"connection": "nobody"}""", ProblemCodes.DatabaseUnreachable)]
    [InlineData("""{"connection": "wrong"}""", ProblemCodes.DatabaseUnreachable)]
    public async Task Run_WrongPlace_SaysWhatToChange(string parameters, string code)
    {
        var end = await RunAsync("SELECT 1", parameters);

        Assert.Equal(code, end.Problem?.Code);
        Assert.DoesNotContain("-password", end.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Target_ConnectsToTheAddressThatTheRulesGave()
    {
        // As the gate hands it over: with the secret filled in after the check.
        var task = DatabaseAgent.Task(TaskTypes.MySql, "SELECT DATABASE()",
            $$"""{"target": {"host": "allowed.test", "port": {{maria.Server.Port}}, "user": "root", "password": "{{MariaDbServer.RootPassword}}", "db": "test"}, "connection": "absent"}""");
        var executor = _agent.Executor(TaskTypes.MySql);

        Assert.Null(await executor.CheckAsync(task, default));
        var end = await executor.RunAsync(task, _output, default);

        Assert.Equal("""[["test"]]""", end.Result!.Value.GetProperty("statements")[0].GetProperty("rows").GetRawText());
    }

    [Fact]
    public async Task Run_FileOfManyStatements_WinsOverTheCommandAndStaysInTheLimit()
    {
        _agent.File = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 3000).Select(i => $"INSERT INTO items VALUES ({i}, '{new string('x', 20)}');\n")));

        var end = await _agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, "SELECT 1", Main, File("a.sql", _agent.File.Length)), _output);

        Assert.Null(end.Problem);
        Assert.Equal("3000", await ServerAsync("SELECT COUNT(*) FROM items"));
        Assert.True(end.Result!.Value.GetProperty("truncated").GetBoolean());
        Assert.Equal(3000, end.Result.Value.GetProperty("success").GetInt32());
        Assert.True(Encoding.UTF8.GetByteCount(end.Result.Value.GetRawText()) <= TaskLimits.ResultBytes);
        Assert.Empty(Directory.GetFiles(Path.Combine(_agent.Folder, "tmp", "databases")));
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData("b/two.sql", "2")]
    public async Task Run_Zip_TakesTheFileThatIsMeant(string? name, string value)
    {
        _agent.File = Zip(("readme.txt", "no"), ("one.SQL", "SELECT 1"), ("b/two.sql", "SELECT 2"));

        var end = await _agent.RunAsync(DatabaseAgent.Task(
            TaskTypes.MySql, null, JsonSerializer.Serialize(new { connection = "main", file_name = name }), File("a.zip", _agent.File.Length)), _output);

        Assert.Equal($"""[["{value}"]]""", end.Result!.Value.GetProperty("statements")[0].GetProperty("rows").GetRawText());
    }

    [Fact]
    public async Task Run_ZipBomb_IsRefused()
    {
        _agent.File = Zip(("one.sql", new string(' ', 17 * 1024 * 1024)));

        var end = await _agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, null, Main, File("a.zip", _agent.File.Length)), _output);

        Assert.Equal(ProblemCodes.PayloadTooLarge, end.Problem?.Code);
    }

    [Fact]
    public async Task Run_FileAgainstThePolicy_IsRefusedBeforeAnythingRuns()
    {
        _agent.File = "INSERT INTO items VALUES (1, 'a'); DROP DATABASE test"u8.ToArray();

        var end = await _agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, null, Main, File("a.sql", 10)), _output);

        Assert.Equal("databases.mysql.deny[0]", end.Problem?.Details?["rule"]);
        Assert.Equal("0", await ServerAsync("SELECT COUNT(*) FROM items"));
    }

    private static TaskFile File(string name, long size) => new("file-1", name, size, "", "");

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        }
        return bytes.ToArray();
    }

    private static string Unescaped(JsonElement json) => json.GetRawText().Replace("\\u0027", "'", StringComparison.Ordinal);

    private static IEnumerable<string?> Statuses(TaskComplete end) =>
        end.Result!.Value.GetProperty("statements").EnumerateArray().Select(statement => statement.GetProperty("status").GetString());

    private DatabaseAgent Agent(string databases) => new(
        $$"""
        {
          "main": {"type": "mysql", "host": "127.0.0.1", "port": {{maria.Server.Port}}, "password": "{{MariaDbServer.RootPassword}}", "database": "test", "tls": "disabled", "write": true},
          "reader": {"type": "mysql", "host": "127.0.0.1", "port": {{maria.Server.Port}}, "password": "{{MariaDbServer.RootPassword}}", "database": "test", "tls": "disabled"},
          "wrong": {"type": "mysql", "host": "127.0.0.1", "port": {{maria.Server.Port}}, "password": "other-password", "tls": "disabled"},
          "nobody": {"type": "mysql", "host": "127.0.0.1", "port": 1, "password": "other-password"}
        }
        """, databases);

    private Task<TaskComplete> RunAsync(string sql, string parameters = Main) => _agent.RunAsync(DatabaseAgent.Task(TaskTypes.MySql, sql, parameters), _output);

    private async Task<string?> ServerAsync(string sql)
    {
        await using var session = await ClientSession.ConnectAsync(maria.Server.Root, CancellationToken.None);
        await using var result = await session.QueryAsync(sql, CancellationToken.None);
        string? value = null;
        while (await result.ReadAsync(CancellationToken.None))
            value = result.GetText(0);
        return value;
    }

    private Task UntilAsync(string sql, string wanted) =>
        Eventually.SoAsync($"'{sql}' gives {wanted}", async () => await ServerAsync(sql) == wanted);
}
