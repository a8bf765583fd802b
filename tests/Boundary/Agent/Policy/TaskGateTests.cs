using System.Text.Json;
using Outrider.Agent.Audit;
using Outrider.Agent.Commands;
using Outrider.Agent.Executors;
using Outrider.Agent.Logging;
using Outrider.Agent.Policy;
using Outrider.Agent.Secrets;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent.Policy;

public sealed class TaskGateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-gate-").FullName;

    public TaskGateTests() => File.WriteAllText(At("secrets.env"), "# kept here\nDB=hunter2\nOTHER='x y z'\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_Reference_IsFilledForTheExecutorAndForNobodyElse()
    {
        var executor = new EchoExecutor();
        var end = await RunAsync(executor, """{"a":{"password":"${secret:DB}"},"b":["u:${secret:DB}",1]}""");

        Assert.Equal("""{"a":{"password":"hunter2"},"b":["u:hunter2",1]}""", executor.Seen?.Params!.Value.GetRawText());
        Assert.Equal("""{"echo":"u:***"}""", end.Result!.Value.GetRawText());
        Assert.Equal("no ***", end.Problem!.Message);
        var lines = AuditLines();
        Assert.Equal(["allowed", "finished"], lines.Select(line => line.Event));
        Assert.Equal("""{"a":{"password":"${secret:DB}"},"b":["u:${secret:DB}",1]}""", lines[0].Params!.Value.GetRawText());
        Assert.Equal((3, "key-1"), (lines[0].Attempt!.Value, lines[0].Actor));
        Assert.DoesNotContain("hunter2", File.ReadAllText(At("audit.jsonl")));
    }

    [Fact]
    public async Task Check_Reference_IsJudgedAsItCameAndThenFilled()
    {
        var executor = new EchoExecutor();
        await RunAsync(executor, """["${secret:DB}"]""");

        Assert.Equal("${secret:DB}", executor.Sent!.Params!.Value[0].GetString());
        Assert.Equal("hunter2", executor.Checked!.Params!.Value[0].GetString());
        Assert.Equal("hunter2", executor.Seen!.Params!.Value[0].GetString());
    }

    [Theory]
    [InlineData("${secret:MISSING}", "invalid_argument", "MISSING=value")]
    [InlineData("${secret:OTHER}", "policy_refused", "\"OTHER\": [\"api\"]")]
    public async Task Run_SecretThatIsNotThereOrNotGranted_IsRefusedAndAudited(string reference, string code, string message)
    {
        var executor = new EchoExecutor();
        var end = await RunAsync(executor, JsonSerializer.Serialize(new { x = reference }));

        Assert.Equal(code, end.Problem?.Code);
        Assert.Contains(message, end.Problem!.Message);
        Assert.Null(executor.Seen);
        Assert.Equal("refused", Assert.Single(AuditLines()).Event);
    }

    [Fact]
    public async Task Run_RefusalOfTheExecutor_IsAuditedWithItsRule()
    {
        var end = await RunAsync(new EchoExecutor { Refusal = PolicyRefusal.Because("shell.deny[0]", "not hunter2") }, """{"x":"${secret:DB}","token":"abc"}""");

        Assert.Equal("not ***", end.Problem?.Message);
        var line = Assert.Single(AuditLines());
        Assert.Equal(("refused", "shell.deny[0]", "policy_refused"), (line.Event, line.Rule, line.Outcome));
        Assert.Equal("""{"x":"${secret:DB}","token":"***"}""", line.Params!.Value.GetRawText());
    }

    [Fact]
    public async Task Run_UnknownType_IsAuditedToo()
    {
        using var audit = AuditFile.OpenIn(_folder, TimeProvider.System);
        var gate = new TaskGate([], audit, new AgentLog(TextWriter.Null, TimeProvider.System));

        Assert.Equal("agent_lacks_capability", (await gate.RunAsync(new TaskCreate { TaskId = "t", Type = "shell" }, new RecordedOutput(), default)).Problem?.Code);
        audit.Dispose();
        Assert.Equal("refused", Assert.Single(AuditLines()).Event);
    }

    [Fact]
    public void Fill_FileThatOthersMayRead_IsClosedToThem()
    {
        File.SetUnixFileMode(At("secrets.env"), (UnixFileMode)0b110_100_100);
        Secrets().Fill(new TaskCreate { TaskId = "t", Type = "api", Params = JsonDocument.Parse("""["${secret:DB}"]""").RootElement });

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("secrets.env")));
    }

    [Fact]
    public void Verify_FolderWithSetAsideFiles_IsOneChain()
    {
        using (var audit = AuditFile.OpenIn(_folder, TimeProvider.System))
        {
            audit.Append(Line("a"));
            audit.Append(Line("b"));
        }
        File.Move(At("audit.jsonl"), At("audit.jsonl.0000000000000000002"));
        using (var audit = AuditFile.OpenIn(_folder, TimeProvider.System))
            audit.Append(Line("c"));

        Assert.Null(AuditVerifier.FirstFaultIn(_folder));
        Assert.Equal(0, AuditVerifyCommand.Run(_folder));
        File.WriteAllLines(At("audit.jsonl.0000000000000000002"), File.ReadAllLines(At("audit.jsonl.0000000000000000002"))[..1]);
        Assert.StartsWith("audit.jsonl: line 1:", AuditVerifier.FirstFaultIn(_folder));
        Assert.Equal(1, AuditVerifyCommand.Run(_folder));
    }

    [Theory]
    [InlineData(0, "valid")]
    [InlineData(0, "rule       shell.allow[0]", "echo 'a b'")]
    [InlineData(1, "rule       always.system_folder", "rm -rf /")]
    [InlineData(1, "rule       syntax.operator", "echo a; id")]
    [InlineData(0, "-> ", "/bin/echo")]
    [InlineData(2, "Usage", "--nonsense")]
    [InlineData(2, "There is no file", "--policy", "/nonexistent")]
    public async Task PolicyCheck_Question_IsAnsweredWithTheRule(int code, string said, params string[] arguments)
    {
        File.WriteAllText(At("policy.json"), """{"shell":{"enabled":true,"users":["root"],"allow":[{"program":"echo","args":["**"]}]}}""");
        using var output = new StringWriter();

        Assert.Equal(code, await PolicyCheckCommand.RunAsync(arguments, name => name == "OUTRIDER_AGENT_DATA" ? _folder : null, output));
        if (said != "-> ")
            Assert.Contains(said, output.ToString());
    }

    [Fact]
    public async Task PolicyCheck_Task_IsJudgedByItsExecutor()
    {
        File.WriteAllText(At("policy.json"), """{"file":{"enabled":true,"write":["/tmp"]}}""");
        File.WriteAllText(At("task.json"), """{"task_id":"t","type":"file","params":{"path":"/etc/x"},"file":{"file_id":"f","name":"n","size":1,"sha256":"","grant":""}}""");
        using var output = new StringWriter();

        Assert.Equal(1, await PolicyCheckCommand.RunAsync(["--task", At("task.json")], name => name == "OUTRIDER_AGENT_DATA" ? _folder : null, output));
        Assert.Contains("file.write", output.ToString());
    }

    private async Task<TaskComplete> RunAsync(EchoExecutor executor, string parameters)
    {
        using var audit = AuditFile.OpenIn(_folder, TimeProvider.System);
        var gate = new TaskGate([executor], audit, new AgentLog(TextWriter.Null, TimeProvider.System), Secrets());
        return await gate.RunAsync(
            new TaskCreate { TaskId = "t", Type = "api", Attempt = 3, Actor = "key-1", Params = JsonDocument.Parse(parameters).RootElement }, new RecordedOutput(), default);
    }

    private AgentSecrets Secrets() => new(_folder, new Dictionary<string, IReadOnlyList<string>> { ["DB"] = ["api"], ["MISSING"] = ["api"], ["OTHER"] = ["shell"] });

    private List<AuditLine> AuditLines() =>
        [.. File.ReadAllLines(At("audit.jsonl")).Select(line => AuditChain.Open(System.Text.Encoding.UTF8.GetBytes(line))!.Value.Line)];

    private static AuditLine Line(string command) => new() { Event = "allowed", TaskId = "t", Type = "sql", Command = command };

    private string At(string name) => Path.Combine(_folder, name);

    private sealed class EchoExecutor : IExecutor
    {
        public TaskCreate? Seen { get; private set; }

        public Problem? Refusal { get; init; }

        public TaskCreate? Checked { get; private set; }

        public TaskCreate? Sent { get; private set; }

        public string Type => "api";

        public Problem? CheckSent(TaskCreate task)
        {
            Sent = task;
            return null;
        }

        public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation)
        {
            Checked = task;
            return ValueTask.FromResult(Refusal);
        }

        public Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
        {
            Seen = task;
            return Task.FromResult(Ends.Failed(task, new Problem("x", "no hunter2"), JsonDocument.Parse("""{"echo":"u:hunter2"}""").RootElement));
        }
    }
}
