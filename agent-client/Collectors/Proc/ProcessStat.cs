using System.Buffers.Text;

namespace Outrider.Agent.Collectors.Proc;

/// <summary><c>/proc/PID/stat</c> (proc_pid_stat(5)).</summary>
/// <param name="Pid">The process's number.</param>
/// <param name="Name">Its command, at most 15 bytes.</param>
/// <param name="State">Such as R, S, D, Z.</param>
/// <param name="ParentPid">0: it has none.</param>
/// <param name="Group">Its process group: the number of the process that began it.</param>
/// <param name="IsKernelThread">A thread of the kernel, no program.</param>
/// <param name="CpuTicks">User and system time.</param>
/// <param name="Threads">How many it has.</param>
/// <param name="StartTicks">When it started, after the machine did. With the pid it names a process for good.</param>
/// <param name="ResidentPages">Memory.</param>
internal readonly record struct ProcessStat(
    int Pid, string Name, char State, int ParentPid, int Group, bool IsKernelThread, ulong CpuTicks, int Threads, ulong StartTicks, long ResidentPages)
{
    /// <summary>Ticks of a second as every Linux shows them to programs (USER_HZ).</summary>
    public const int TicksPerSecond = 100;

    /// <summary>PF_KTHREAD of include/linux/sched.h.</summary>
    private const ulong KernelThread = 0x0020_0000;

    /// <summary>A process that has ended and whose parent hasn't asked yet how.</summary>
    public bool IsZombie => State is 'Z' or 'X';

    /// <summary>Reads the file's text. False: it isn't whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, NameTable names, out ProcessStat stat)
    {
        stat = default;
        // The name may hold anything, blanks and brackets too.
        int open = text.IndexOf((byte)'('), close = text.LastIndexOf((byte)')');
        if (open < 1 || close < open || !Utf8Parser.TryParse(text, out int pid, out _))
            return false;
        var fields = new FieldReader(text[(close + 1)..].TrimEnd((byte)'\n'));
        var state = fields.Next();
        var parent = fields.Next();
        if (state.IsEmpty || !Utf8Parser.TryParse(parent, out int parentPid, out _))
            return false;
        var group = fields.Unsigned();
        fields.Skip(3);
        var flags = fields.Unsigned();
        fields.Skip(4);
        var cpu = fields.Unsigned() + fields.Unsigned();
        fields.Skip(4);
        var threads = fields.Unsigned();
        fields.Skip(1);
        var started = fields.Unsigned();
        fields.Skip(1);
        var resident = fields.Unsigned();
        if (group is null or > int.MaxValue || flags is null || cpu is null || threads is null || started is null || resident is null)
            return false;
        stat = new ProcessStat(
            pid, names.Get(text[(open + 1)..close]), (char)state[0], parentPid, (int)group, (flags & KernelThread) != 0,
            cpu.Value, (int)Math.Min(threads.Value, int.MaxValue), started.Value, (long)Math.Min(resident.Value, long.MaxValue / 65536));
        return true;
    }
}
