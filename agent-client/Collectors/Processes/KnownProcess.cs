using System.Globalization;
using Outrider.Agent.Collectors.Proc;

namespace Outrider.Agent.Collectors.Processes;

/// <summary>A process and what is remembered of it from one run to the next.</summary>
internal sealed class KnownProcess(int pid, string procRoot)
{
    private readonly string _folder = Path.Combine(procRoot, pid.ToString(CultureInfo.InvariantCulture));
    private string? _describedName;
    private bool _ioRefused;

    public string StatPath { get; } = Path.Combine(procRoot, pid.ToString(CultureInfo.InvariantCulture), "stat");

    /// <summary>As last read.</summary>
    public ProcessStat Stat { get; private set; }

    /// <summary>The run that saw it last.</summary>
    public long Run { get; private set; }

    /// <summary>Percent of one core since the run before; null: unknown.</summary>
    public double? CpuPercent { get; private set; }

    public string? Command { get; private set; }

    public string? WorkingDirectory { get; private set; }

    /// <summary>Takes in what it is now.</summary>
    /// <param name="stat">The newest reading.</param>
    /// <param name="run">Counts the runs.</param>
    /// <param name="seconds">Since the run before; null: there was none.</param>
    public void See(in ProcessStat stat, long run, double? seconds)
    {
        var same = Run == run - 1 && Stat.StartTicks == stat.StartTicks;
        // What began since the run before has used all its time since then.
        var since = same ? Stat.CpuTicks : 0;
        CpuPercent = seconds > 0 && stat.CpuTicks >= since ? (double)(stat.CpuTicks - since) / ProcessStat.TicksPerSecond / seconds * 100 : null;
        if (Stat.StartTicks != stat.StartTicks)
            (_describedName, _ioRefused) = (null, false);
        (Stat, Run) = (stat, run);
    }

    /// <summary>Reads its command line and working folder, once for each program it runs.</summary>
    public void Describe(ProcReader reader)
    {
        if (_describedName == Stat.Name)
            return;
        _describedName = Stat.Name;
        Command = reader.TryRead(Path.Combine(_folder, "cmdline"), out var bytes) ? CommandLine.Read(bytes, ProcessSettings.CommandBytes) : null;
        try
        {
            WorkingDirectory = new FileInfo(Path.Combine(_folder, "cwd")).LinkTarget is { } folder
                ? Utf8Text.Clip(folder, ProcessSettings.DirectoryBytes)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WorkingDirectory = null;
        }
    }

    /// <summary>What it read and wrote; unknown when that is another user's business, which is then not asked again.</summary>
    public ProcessIo ReadIo(ProcReader reader)
    {
        if (_ioRefused)
            return default;
        if (reader.TryRead(Path.Combine(_folder, "io"), out var text))
            return ProcessIo.Read(text);
        _ioRefused = true;
        return default;
    }
}
