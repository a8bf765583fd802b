using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>
/// Tasks of type <c>mongo</c> with a program in mongosh's place: it runs the agent's real script by node, with a database that remembers what
/// it was asked.
/// </summary>
public sealed class MongoTaskTests : IAsyncLifetime
{
    private const string Main = """{"connection": "main"}""";
    private const string Password = "mongo:pass/word";

    /// <summary>What mongosh gives a script, as far as ours uses it. What it sees goes into a file beside it.</summary>
    private const string Shell = """
        #!/usr/bin/env node
        const fs = require('fs'), path = require('path'), vm = require('vm');
        const file = process.argv[process.argv.indexOf('--file') + 1];
        const script = fs.readFileSync(file, 'utf8');
        const seen = { argv: process.argv.slice(2), env: process.env, mode: fs.statSync(file).mode & 0o777, calls: [] };
        const save = () => fs.writeFileSync(path.join(__dirname, 'seen.json'), JSON.stringify(seen));
        function call(collection, name, ...args) {
          seen.calls.push([collection, name, ...args]); save();
          if (collection === 'bad') throw new Error('E11000 duplicate key, uri ' + seen.uri);
          if (collection === 'slow') { console.log('slow began'); while (true) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000); }
        }
        const sandbox = {
          print: text => fs.writeSync(1, text + '\n'), EJSON: JSON,
          Mongo: function (uri) {
            seen.uri = uri; save();
            if (uri.includes('refused')) { console.error('MongoServerError: ' + uri); process.exit(1); }
            return { getDB: db => ({ getCollection: c => ({
              insertMany: d => { call(c, 'insertMany', d); return { insertedIds: Object.fromEntries(d.map((_, i) => [i, i])) }; },
              updateMany: (f, u, o) => { call(c, 'updateMany', f, u, o); return { matchedCount: 3, modifiedCount: 2, upsertedCount: 0 }; },
              deleteMany: (f, o) => { call(c, 'deleteMany', f, o); return { deletedCount: 4 }; } }) }) };
          },
        };
        console.log('Some banner');
        vm.runInNewContext(script, sandbox);
        """;

    private readonly RecordedOutput _output = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outrider-mongosh-");
    private DatabaseAgent _agent = null!;

    public Task InitializeAsync()
    {
        var program = Path.Combine(_folder.FullName, "mongosh");
        File.WriteAllText(program, Shell);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _agent = Agent(program);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_Operations_CountsEachAndKeepsThePasswordInItsFile()
    {
        var end = await RunAsync("""
            [{"operation": "insert", "collection": "c", "documents": [{"a": 1}, {"a": "\"); quit(); //\u2028"}]},
             {"operation": "update", "collection": "c", "filter": {"a": 1}, "update": {"$set": {"b": {"$date": "2026-01-10T00:00:00Z"}}}},
             {"operation": "delete", "collection": "c", "filter": {"a": 1}}]
            """);

        Assert.Null(end.Problem);
        var operations = end.Result!.Value.GetProperty("operations");
        Assert.Equal((2, 3, 2, 4), (
            operations[0].GetProperty("inserted").GetInt32(), operations[1].GetProperty("matched").GetInt32(),
            operations[1].GetProperty("modified").GetInt32(), operations[2].GetProperty("deleted").GetInt32()));
        Assert.False(operations[0].TryGetProperty("deleted", out _));
        using var seen = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "seen.json")));
        Assert.Equal("\"); quit(); //\u2028", seen.RootElement.GetProperty("calls")[0][2][1].GetProperty("a").GetString());
        Assert.Equal("mongodb://ops:mongo%3Apass%2Fword@127.0.0.1:27017/?directConnection=true&authSource=admin", seen.RootElement.GetProperty("uri").GetString());
        Assert.Equal(384, seen.RootElement.GetProperty("mode").GetInt32());
        Assert.DoesNotContain("pass", seen.RootElement.GetProperty("argv").GetRawText() + seen.RootElement.GetProperty("env").GetRawText(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_agent.Folder, "tmp", "databases")));
    }

    [Fact]
    public async Task Run_OperationThatFails_StopsThere()
    {
        var end = await RunAsync("""
            [{"operation": "delete", "collection": "c", "filter": {}}, {"operation": "delete", "collection": "bad", "filter": {}},
             {"operation": "delete", "collection": "c", "filter": {}}]
            """);

        Assert.Equal(ProblemCodes.SqlFailed, end.Problem?.Code);
        Assert.Contains("Operation 2 of 3 failed", end.Problem!.Message, StringComparison.Ordinal);
        Assert.Contains("3 to 3 didn't run", end.Problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word", JsonSerializer.Serialize(end) + _output.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerThatRefuses_SaysUnreachable()
    {
        var end = await RunAsync("""{"operation": "delete", "collection": "c", "filter": {}}""", "refused");

        Assert.Equal(ProblemCodes.DatabaseUnreachable, end.Problem?.Code);
        Assert.DoesNotContain("word", end.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Canceled_EndsTheProgram()
    {
        using var cancel = new CancellationTokenSource();
        var task = DatabaseAgent.Task(TaskTypes.Mongo, """[{"operation": "delete", "collection": "c", "filter": {}}, {"operation": "delete", "collection": "slow", "filter": {}}]""", Main);
        var running = _agent.RunAsync(task, _output, cancel.Token);
        await _output.WrittenAsync("operation 1 of 2");

        await cancel.CancelAsync();

        var end = await running;
        Assert.Equal(TaskStatuses.Canceled, end.Status);
        Assert.Equal(1, end.Result!.Value.GetProperty("operations").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"operation": "delete", "collection": "c", "filter": {"$where": "sleep(1)"}}""", ProblemCodes.PolicyRefused)]
    [InlineData("""{"operation": "delete", "collection": "c", "filter": {"\u0024where": "1"}}""", ProblemCodes.PolicyRefused)]
    [InlineData("""{"operation": "delete", "collection": "c", "filter": {"$expr": {"$function": {"body": "x"}}}}""", ProblemCodes.PolicyRefused)]
    [InlineData("""{"operation": "update", "collection": "c", "filter": {}, "update": [{"$set": {"a": {"$accumulator": {}}}}]}""", ProblemCodes.PolicyRefused)]
    [InlineData("""{"operation": "insert", "collection": "c", "documents": [{"a": {"$code": "x"}}]}""", ProblemCodes.PolicyRefused)]
    [InlineData("""{"operation": "insert", "collection": "system.js", "documents": [{"a": 1}]}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"operation": "drop", "collection": "c"}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"operation": "delete", "collection": "c"}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"operation": "delete", "collection": "c", "filter": {}, "options": {}}""", ProblemCodes.InvalidArgument)]
    [InlineData("""{"operation": "insert", "collection": "c", "documents": []}""", ProblemCodes.InvalidArgument)]
    [InlineData("db.c.drop()", ProblemCodes.InvalidArgument)]
    [InlineData("[]", ProblemCodes.InvalidArgument)]
    public async Task Run_WhatMayNotBe_IsRefused(string operations, string code)
    {
        Assert.Equal(code, (await RunAsync(operations)).Problem?.Code);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "seen.json")));
    }

    [Fact]
    public async Task Run_NoShell_SaysWhatToInstall()
    {
        await using var agent = Agent(Path.Combine(_folder.FullName, "absent"));

        var end = await agent.RunAsync(DatabaseAgent.Task(TaskTypes.Mongo, """{"operation": "delete", "collection": "c", "filter": {}}""", Main), _output);

        Assert.Equal(ProblemCodes.Unavailable, end.Problem?.Code);
        Assert.Contains("mongosh", end.Problem!.Message, StringComparison.Ordinal);
    }

    private Task<TaskComplete> RunAsync(string operations, string connection = "main") =>
        _agent.RunAsync(DatabaseAgent.Task(TaskTypes.Mongo, operations, JsonSerializer.Serialize(new { connection })), _output);

    private static DatabaseAgent Agent(string program) => new(
        $$"""
        {
          "main": {"type": "mongo", "host": "127.0.0.1", "user": "ops", "password": "{{Password}}", "write": true},
          "refused": {"type": "mongo", "host": "refused.test", "user": "ops", "password": "{{Password}}", "write": true}
        }
        """,
        $$$"""{"mongo": {"enabled": true, "write": true, "program": "{{{program}}}"}}""");
}
