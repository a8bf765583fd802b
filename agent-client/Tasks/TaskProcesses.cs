using System.Globalization;
using System.Runtime.InteropServices;
using Outrider.Agent.Collectors.Proc;

namespace Outrider.Agent.Tasks;

/// <summary>
/// A process group that a task started. A number that the system has given to other processes since is told by when its leader started.
/// Linux only.
/// </summary>
/// <param name="Group">Its number, which is its leader's.</param>
/// <param name="StartTicks">When its leader started, as <c>/proc</c> has it: after the machine did.</param>
/// <param name="MachineBoot">Names the machine's start.</param>
public sealed partial record TaskProcesses(int Group, ulong StartTicks, string MachineBoot)
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>ESRCH of errno(3).</summary>
    private const int NoSuchProcess = 3;

    /// <summary>The group that a process leads, which was started just now; null: the process is gone already, or this is no Linux.</summary>
    public static TaskProcesses? Of(int leader) =>
        Read(leader, new NameTable()) is { } stat && BootOfMachine() is { } boot ? new TaskProcesses(leader, stat.StartTicks, boot) : null;

    /// <summary>Asks its processes to end.</summary>
    public void Terminate() => Send(SigTerm);

    /// <summary>Ends its processes.</summary>
    public void Kill() => Send(SigKill);

    /// <summary>Whether any of its processes still runs. One that has ended and whose parent hasn't asked how runs no more.</summary>
    public bool IsAlive()
    {
        // Most often nobody is left, and then one call says so.
        if (!IsOurs() || Signal(-Group, 0) != 0 && Marshal.GetLastPInvokeError() == NoSuchProcess)
            return false;
        var names = new NameTable();
        return Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? Read(pid, names) : null)
            .Any(stat => stat is { IsZombie: false } one && one.Group == Group);
    }

    private void Send(int signal)
    {
        if (IsOurs())
            _ = Signal(-Group, signal);
    }

    /// <summary>
    /// While any process is in the group the system gives its number to no other. So it is ours unless another process has the number, or the
    /// machine was started anew.
    /// </summary>
    private bool IsOurs() =>
        Group > 1 && BootOfMachine() == MachineBoot && (Read(Group, new NameTable()) is not { } leader || leader.StartTicks == StartTicks);

    private static ProcessStat? Read(int pid, NameTable names)
    {
        try
        {
            var text = File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return ProcessStat.TryRead(text, names, out var stat) ? stat : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? BootOfMachine()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
