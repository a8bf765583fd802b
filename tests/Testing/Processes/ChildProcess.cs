using System.Diagnostics;

namespace Outrider.Testing.Processes;

/// <summary>A real program started by a test: its lines can be awaited, and it can be killed as <c>kill -9</c> does.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiters = [];
    private readonly Lock _lock = new();
    private int _openStreams = 2;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Standard output and error so far.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
                return string.Join('\n', _lines);
        }
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var child = new ChildProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        child._process.OutputDataReceived += (_, e) => child.Take(e.Data);
        child._process.ErrorDataReceived += (_, e) => child.Take(e.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end and returns what it printed. Throws when it fails or takes longer than a minute.</summary>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        await using var child = Start(program, arguments, environment, folder);
        child._process.StandardInput.Close();
        var status = await child.ExitAsync(TimeSpan.FromMinutes(1));
        return status == 0 ? child.Output : throw new InvalidOperationException($"{program} ended with {status}:\n{child.Output}");
    }

    /// <summary>The first line, past or to come, that is wanted. Throws with all output when the program ends or 30 s pass first.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted, TimeSpan? within = null)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.FirstOrDefault(wanted) is { } line)
                return line;
            if (_openStreams == 0)
                throw Ended();
            _waiters.Add((wanted, found));
        }
        try
        {
            return await found.Task.WaitAsync(within ?? TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The line didn't come. Output so far:\n{Output}", e);
        }
    }

    /// <summary>As <c>kill -9</c>; returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As <c>kill -TERM</c>.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Returns when it has ended, whenever that is.</summary>
    public Task ExitedAsync() => _process.WaitForExitAsync();

    /// <summary>The exit code, once it ends by itself.</summary>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(within);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The program didn't end within {within}. Output so far:\n{Output}", e);
        }
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            EndStream();
            return;
        }
        TaskCompletionSource<string>[] found;
        lock (_lock)
        {
            _lines.Add(line);
            found = [.. _waiters.Where(waiter => waiter.Wanted(line)).Select(waiter => waiter.Found)];
        }
        foreach (var waiter in found)
            waiter.TrySetResult(line);
    }

    /// <summary>A program's last lines may come after its end, and what waits for them fails only then.</summary>
    private void EndStream()
    {
        (Func<string, bool> Wanted, TaskCompletionSource<string> Found)[] waiters;
        lock (_lock)
            waiters = --_openStreams == 0 ? [.. _waiters] : [];
        foreach (var waiter in waiters)
            waiter.Found.TrySetException(Ended());
    }

    private InvalidOperationException Ended() => new($"The program ended. Its output:\n{Output}");
}
