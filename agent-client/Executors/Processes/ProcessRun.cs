using System.Buffers;
using System.Diagnostics;
using Outrider.Agent.Policy.Paths;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Processes;

/// <summary>
/// Runs one program to its end in a session and process group of its own, its standard input empty. When it ends, or shall stop, whatever is
/// left of its group is asked to end, and killed five seconds later. A process that leaves the group (a daemon) is left alone.
/// </summary>
internal sealed class ProcessRun(ProcessPlan plan, ITaskOutput output, TimeProvider time) : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int Killed = 128 + 9;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    /// <summary>How long to wait for more from a pipe that somebody outside the group still holds open.</summary>
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(1);

    private readonly OutputExcerpt _excerpt = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _writing = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Whether this machine has what it takes (setsid and prlimit of util-linux).</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && ProgramFinder.Find("setsid") is not null && ProgramFinder.Find("prlimit") is not null;

    /// <summary>Throws <see cref="System.ComponentModel.Win32Exception"/> when it can't be started: no such folder, or the agent can't become that user.</summary>
    public async Task<ProcessEnd> RunAsync(CancellationToken cancellation)
    {
        using var process = Process.Start(StartInfo())!;
        process.StandardInput.Close();
        var group = TaskProcesses.Of(process.Id);
        if (group is not null)
            output.Started(group);
        await using var stopping = cancellation.Register(_stop.Cancel);
        var pumps = Task.WhenAll(
            PumpAsync(process.StandardOutput.BaseStream, TaskStream.Stdout), PumpAsync(process.StandardError.BaseStream, TaskStream.Stderr));
        var stopped = !await ExitsAsync(process, _stop.Token);
        await EndAsync(process, group);
        await _over.CancelAsync();
        try
        {
            await pumps.WaitAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            _writing.CancelAfter(TaskLimits.StopGrace);
            await pumps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // One that not even SIGKILL ends, as its disk or file server doesn't answer, is left behind.
        return new ProcessEnd(process.HasExited ? process.ExitCode : Killed, stopped, _excerpt);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _over.Dispose();
        _writing.Dispose();
    }

    private ProcessStartInfo StartInfo()
    {
        // A process that leads a session leads a group too: its number is the group's.
        string[] limits = plan.Limits.Count == 0 ? [] : [ProgramFinder.Find("prlimit")!, .. plan.Limits, "--"];
        var start = new ProcessStartInfo(ProgramFinder.Find("setsid")!, [.. limits, .. plan.Vector])
        {
            WorkingDirectory = plan.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (plan.User is not null)
            start.UserName = plan.User;
        start.Environment.Clear();
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        return start;
    }

    private static async Task<bool> ExitsAsync(Process process, CancellationToken stop)
    {
        try
        {
            await process.WaitForExitAsync(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task EndAsync(Process process, TaskProcesses? group)
    {
        bool IsAlive() => !process.HasExited || group?.IsAlive() == true;
        if (IsAlive())
        {
            group?.Terminate();
            await WaitAsync(IsAlive, TaskLimits.StopGrace);
        }
        if (IsAlive())
        {
            group?.Kill();
            if (!process.HasExited)
                process.Kill();
            await WaitAsync(IsAlive, TaskLimits.StopGrace);
        }
    }

    private async Task WaitAsync(Func<bool> goesOn, TimeSpan most)
    {
        for (var start = time.GetTimestamp(); goesOn() && time.GetElapsedTime(start) < most;)
            await Task.Delay(s_poll, time);
    }

    private async Task PumpAsync(Stream from, TaskStream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await ReadAsync(from, buffer) is > 0 and var read)
            {
                if (stream == TaskStream.Stdout)
                    _excerpt.Add(buffer.AsSpan(0, read));
                await output.WriteAsync(stream, buffer.AsMemory(0, read), _writing.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody takes its output any more, so it would wait for ever to write.
            await _stop.CancelAsync();
        }
        finally
        {
            // What it held is nobody else's business.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>0: there is no more, or the program is over and nothing comes any more.</summary>
    private async Task<int> ReadAsync(Stream from, byte[] buffer)
    {
        try
        {
            if (!_over.IsCancellationRequested)
                return await from.ReadAsync(buffer, _over.Token);
        }
        catch (OperationCanceledException)
        {
            // What is in the pipe still counts.
        }
        using var drain = new CancellationTokenSource(s_drain, time);
        try
        {
            return await from.ReadAsync(buffer, drain.Token);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
