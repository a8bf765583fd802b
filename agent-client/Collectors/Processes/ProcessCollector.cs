using Outrider.Agent.Collectors.Proc;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Processes;

/// <summary>
/// The processes of the machine: a table of those that use most CPU and of those that use most memory, and series of the same by name.
/// Threads of the kernel are left out. What a process sends over the network the kernel doesn't count, so that is absent.
/// </summary>
/// <param name="settings">Asked at each run, as the centre may change them.</param>
/// <param name="root">As of the host.</param>
internal sealed class ProcessCollector(Func<ProcessSettings> settings, string root = "/") : ICollector
{
    private readonly ProcReader _reader = new();
    private readonly SeriesCache _series = new();
    private readonly ProcessScan _scan = new(Path.Combine(root, "proc"));
    private readonly ProcessGroups _groups = new();
    private long _before;
    private long? _bootMs;

    public string Name => "processes";

    public TimeSpan Interval => TimeSpan.FromSeconds(5);

    public TimeSpan TimeLimit => TimeSpan.FromSeconds(4);

    public ValueTask CollectAsync(Readings to, CancellationToken cancellation)
    {
        var wanted = settings();
        var seconds = to.Time > _before && _before > 0 ? (to.Time - _before) / 1000.0 : (double?)null;
        _before = to.Time;
        _scan.Run(_reader, seconds, cancellation);
        var all = _scan.Processes;
        if (all.Count == 0)
            throw new IOException($"No process can be read below {root}proc.");
        var memory = _reader.TryRead(Path.Combine(root, "proc/meminfo"), out var text) ? MemoryInfo.Read(text).Total : null;
        _bootMs ??= _reader.TryRead(Path.Combine(root, "proc/stat"), out var stat) ? BootTime.Read(stat) : null;
        AddSeries(to, wanted, memory);
        var top = Top(all, wanted.Top);
        to.Processes = new ProcessTable(to.Time, all.Count, Environment.ProcessorCount, (long)(memory ?? 0), [.. top.Select(process => Row(process, wanted))]);
        return ValueTask.CompletedTask;
    }

    /// <summary>Those that use most CPU, then those of the rest that use most memory.</summary>
    private static List<KnownProcess> Top(IReadOnlyList<KnownProcess> all, int top)
    {
        var living = all.Where(process => !process.Stat.IsZombie).ToList();
        var busy = living.Where(process => process.CpuPercent > 0).OrderByDescending(process => process.CpuPercent).Take(top).ToHashSet();
        return [.. busy, .. living.OrderByDescending(process => process.Stat.ResidentPages).Take(top).Where(process => !busy.Contains(process))];
    }

    private void AddSeries(Readings to, ProcessSettings wanted, double? memory)
    {
        to.Add(_series.Of("host_processes"), _scan.Processes.Count);
        _groups.Clear();
        foreach (var process in _scan.Processes)
            _groups.Add(process.Stat.Name, process.CpuPercent, process.Stat.ResidentPages * Environment.SystemPageSize, process.Stat.Threads);
        foreach (var group in _groups.Select(wanted.Top))
        {
            var label = new Label("process", group.Name);
            to.AddRounded(_series.Of("process_cpu_percent", label), group.CpuPercent);
            to.AddRounded(_series.Of("process_cpu_percent_normalized", label), group.CpuPercent / Environment.ProcessorCount);
            to.Add(_series.Of("process_memory_bytes", label), group.MemoryBytes);
            to.AddRounded(_series.Of("process_memory_percent", label), memory > 0 ? group.MemoryBytes / memory * 100 : null);
            to.Add(_series.Of("process_threads", label), group.Threads);
            to.Add(_series.Of("process_count", label), group.Count);
        }
    }

    private ProcessRow Row(KnownProcess process, ProcessSettings wanted)
    {
        var stat = process.Stat;
        var io = process.ReadIo(_reader);
        if (wanted.Commands)
            process.Describe(_reader);
        return new ProcessRow(stat.Pid, stat.Name)
        {
            ParentPid = stat.ParentPid,
            Command = wanted.Commands ? process.Command : null,
            WorkingDirectory = wanted.Commands ? process.WorkingDirectory : null,
            Category = ProcessCategory.Of(stat.Name),
            CpuPercent = process.CpuPercent is { } cpu ? Math.Round(cpu, 2) : null,
            MemoryBytes = stat.ResidentPages * Environment.SystemPageSize,
            Threads = stat.Threads,
            DiskReadBytes = io.ReadBytes,
            DiskWriteBytes = io.WrittenBytes,
            StartedAt = _bootMs + (long)(stat.StartTicks * (1000.0 / ProcessStat.TicksPerSecond)),
            CpuSeconds = (double)stat.CpuTicks / ProcessStat.TicksPerSecond,
        };
    }
}
