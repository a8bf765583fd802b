using System.Text.Json;
using Outrider.Agent.Executors.Shell;
using Outrider.Agent.Policy.Shell;
using Outrider.Protocol.Tasks;
using Outrider.Testing;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Agent.Policy;

/// <summary>Real programs. Scripts stand in for them, each named by a rule.</summary>
public sealed class ShellExecutorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-shell-").FullName;
    private readonly RecordedOutput _output = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_Command_StreamsBothAndGivesOutputAndExitCode()
    {
        var end = await RunAsync("echo out; echo err >&2; exit 3");

        Assert.Equal(("failed", "command_failed", 3), (end.Status, end.Problem?.Code, end.ExitCode));
        Assert.Equal("out\n", end.Result!.Value.GetString());
        Assert.Equal(("out\n", "err\n"), (_output.Stdout, _output.Stderr));
    }

    [Fact]
    public async Task Run_Success_SaysSo()
    {
        var end = await RunAsync("echo 'a \u4e2d'; printf '\\377'");

        Assert.Equal(("success", 0), (end.Status, end.ExitCode));
        Assert.Equal("a \u4e2d\n\ufffd", end.Result!.Value.GetString());
    }

    [Fact]
    public async Task Run_Environment_IsCleanButForWhatTheTaskMaySet()
    {
        Environment.SetEnvironmentVariable("OUTRIDER_TEST_SECRET", "hunter2");
        var end = await RunAsync("/usr/bin/env; pwd; cat", """{"environment":{"MODE":"a b"}}""", new(Environment: ["MODE"], Directories: [_folder]));

        var lines = end.Result!.Value.GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["HOME", "LANG", "LOGNAME", "MODE", "PATH", "PWD", "USER", "_"],
            lines.Where(line => line.Contains('=')).Select(line => line[..line.IndexOf('=')]).Where(name => name is not "SHLVL" and not "OLDPWD").Append("_").Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("MODE=a b", lines);
        Assert.Equal(_folder, lines[^1]);
    }

    /// <summary>Only root can become somebody else.</summary>
    [Fact]
    public async Task Run_AsAnotherUser_IsThatUserWithItsHome()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        var policy = new ShellPolicy(Enabled: true, Allow: [new("id", ["-un"]), new("printenv", ["HOME"])], Users: ["nobody"]);
        var executor = new ShellExecutor(policy, new ShellRules(policy, [], Environment.UserName), TimeProvider.System);

        Assert.Equal("nobody\n", (await executor.RunAsync(Task("id -un"), _output, default)).Result!.Value.GetString());
        Assert.NotEqual(Environment.GetEnvironmentVariable("HOME") + "\n", (await executor.RunAsync(Task("printenv HOME"), _output, default)).Result!.Value.GetString());
        Assert.Equal("policy_refused", (await executor.CheckAsync(Task("id -un", """{"user":"root"}"""), default))?.Code);
    }

    [Fact]
    public async Task Run_Pipeline_IsRunByTheShellWithItsWordsOnly()
    {
        var executor = Executor(new ShellPolicy(Shell: true, Allow: [new("echo", ["**"]), new("cat")]));
        var task = Task("echo 'a $HOME; b' | cat", """{"shell":true}""");

        Assert.Null(await executor.CheckAsync(task, default));
        Assert.Equal("a $HOME; b\n", (await executor.RunAsync(task, _output, default)).Result!.Value.GetString());
    }

    [Fact]
    public async Task Run_Refused_StartsNothing()
    {
        var executor = Executor(new ShellPolicy(Allow: [new("touch", ["**"], Paths: [_folder + "/in"])]));
        var task = Task($"touch {_folder}/out");

        Assert.Equal("policy_refused", (await executor.CheckAsync(task, default))?.Code);
        Assert.Equal("policy_refused", (await executor.RunAsync(task, _output, default)).Problem?.Code);
        Assert.False(File.Exists(_folder + "/out"));
    }

    [Theory]
    [InlineData("""{"diretory":"/"}""", "diretory")]
    [InlineData("""{"args":"x"}""", "args")]
    [InlineData("""[]""", "params")]
    public async Task Check_WrongParams_SaysWhich(string parameters, string named)
    {
        var problem = await Executor(new ShellPolicy()).CheckAsync(Task("ls", parameters), default);

        Assert.Equal("invalid_argument", problem?.Code);
        Assert.Contains(named, problem!.Message);
    }

    [Fact]
    public async Task Cancel_ProcessAndItsChildren_AreEnded()
    {
        using var cancel = new CancellationTokenSource();
        var running = RunAsync("sleep 1000 & sleep 1000 & echo ready; wait", cancellation: cancel.Token);
        await _output.StdoutAsync(text => text.Contains("ready"));

        await cancel.CancelAsync();
        var end = await running.WaitAsync(TestTimeouts.Default);

        Assert.Equal(("canceled", "canceled", 143), (end.Status, end.Problem?.Code, end.ExitCode));
        Assert.False(_output.Processes!.IsAlive());
    }

    [Fact]
    public async Task Cancel_ProcessThatWontEnd_IsKilledAfterItsGrace()
    {
        var time = new FakeTime();
        using var cancel = new CancellationTokenSource();
        var running = RunAsync("trap 'echo no' TERM; echo ready; while :; do sleep 0.05; done", time: time, cancellation: cancel.Token);
        await _output.StdoutAsync(text => text.Contains("ready"));

        await cancel.CancelAsync();
        await _output.StdoutAsync(text => text.Contains("no"));
        Assert.True(_output.Processes!.IsAlive());
        var killed = time.GetUtcNow() + TaskLimits.StopGrace;
        // Slowly once the signal may be out: what is killed ends in real time.
        for (var step = 100; !running.IsCompleted; step = time.GetUtcNow() >= killed ? 1 : 100)
        {
            time.Advance(TimeSpan.FromMilliseconds(step));
            _output.Processes!.IsAlive();
            await System.Threading.Tasks.Task.Yield();
        }

        Assert.Equal(137, (await running).ExitCode);
        Assert.False(_output.Processes!.IsAlive());
    }

    [Fact]
    public async Task Run_ChildLeftBehind_IsEndedWithIt()
    {
        var end = await RunAsync("sleep 1000 & echo done").WaitAsync(TestTimeouts.Default);

        Assert.Equal(("success", "done\n"), (end.Status, end.Result!.Value.GetString()));
        Assert.False(_output.Processes!.IsAlive());
    }

    [Fact]
    public async Task Run_DaemonThatLeftTheGroupAndHoldsTheOutput_KeepsNobodyWaiting()
    {
        var end = await RunAsync("setsid sleep 1000 & echo $! > daemon; echo done", policy: new(Directories: [_folder])).WaitAsync(TestTimeouts.Default);

        Assert.Equal("done\n", end.Result!.Value.GetString());
        System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadAllText(_folder + "/daemon"))).Kill();
    }

    [Fact]
    public async Task Run_TimeOfThePolicyUp_IsTimedOut()
    {
        var end = await RunAsync("exec sleep 1000", policy: new(MaxTimeoutSeconds: 1)).WaitAsync(TestTimeouts.Default);

        Assert.Equal(("failed", "timed_out"), (end.Status, end.Problem?.Code));
    }

    [Fact]
    public async Task Run_Limits_HoldForWhatItStarts()
    {
        var end = await RunAsync("ulimit -n; ulimit -t; ulimit -v", policy: new(MaxFiles: 77, MaxCpuSeconds: 5, MaxMemoryBytes: 1L << 30));

        Assert.Equal("77\n5\n1048576\n", end.Result!.Value.GetString());
    }

    [Fact]
    public async Task Run_OutputThatNobodyTakes_WaitsAndThenIsWhole()
    {
        var room = new TaskCompletionSource();
        var output = new RecordedOutput { Keeps = false, Room = room.Task };
        var running = RunAsync("head -c 50000000 /dev/zero; : > ended", policy: new(Directories: [_folder]), output: output);
        Assert.False(File.Exists(_folder + "/ended"));

        room.SetResult();
        var end = await running.WaitAsync(TestTimeouts.Default);

        Assert.Equal("success", end.Status);
        Assert.Equal(50_000_000, output.Taken);
        Assert.Contains("bytes cut", end.Result!.Value.GetString());
        Assert.True(File.Exists(_folder + "/ended"));
    }

    [Fact]
    public async Task Run_InputIsEmpty() => Assert.Equal("success", (await RunAsync("cat; read x || true")).Status);

    [Fact]
    public async Task Run_HundredAtOnce_AllEnd()
    {
        var ends = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RunAsync("sleep 0.5; echo x", output: new RecordedOutput())))
            .WaitAsync(TestTimeouts.Default);

        Assert.All(ends, end => Assert.Equal("x\n", end.Result!.Value.GetString()));
    }

    private Task<TaskComplete> RunAsync(string script, string? parameters = null, ShellPolicy? policy = null, RecordedOutput? output = null,
        TimeProvider? time = null, CancellationToken cancellation = default)
    {
        var file = $"{_folder}/{Guid.NewGuid():N}.sh";
        File.WriteAllText(file, script);
        var executor = Executor((policy ?? new()) with { Allow = [new("sh", [file])] }, time);
        return executor.RunAsync(Task($"sh {file}", parameters), output ?? _output, cancellation);
    }

    private static ShellExecutor Executor(ShellPolicy policy, TimeProvider? time = null)
    {
        var allowed = policy with { Enabled = true, Users = [Environment.UserName] };
        return new ShellExecutor(allowed, new ShellRules(allowed, [], Environment.UserName), time ?? TimeProvider.System);
    }

    private static TaskCreate Task(string command, string? parameters = null) => new()
    {
        TaskId = "t",
        Type = TaskTypes.Shell,
        Attempt = 1,
        Command = command,
        Params = parameters is null ? null : JsonDocument.Parse(parameters).RootElement,
    };
}
