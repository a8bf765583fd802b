using System.Globalization;
using System.IO.Enumeration;
using Outrider.Agent.Collectors.Proc;

namespace Outrider.Agent.Collectors.Processes;

/// <summary>Finds the processes of the machine, kernel threads apart, and follows them from run to run.</summary>
internal sealed class ProcessScan(string procRoot)
{
    private readonly Dictionary<int, KnownProcess> _known = [];
    private readonly NameTable _names = new();
    private readonly List<KnownProcess> _seen = [];
    private readonly List<int> _gone = [];
    private long _run;

    /// <summary>Those that lived at the last run.</summary>
    public IReadOnlyList<KnownProcess> Processes => _seen;

    /// <param name="reader">Reads the files.</param>
    /// <param name="seconds">Since the run before; null: there was none.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public void Run(ProcReader reader, double? seconds, CancellationToken cancellation)
    {
        _run++;
        _seen.Clear();
        foreach (var pid in Pids(procRoot))
        {
            cancellation.ThrowIfCancellationRequested();
            See(pid, reader, seconds);
        }
        Forget();
    }

    private static FileSystemEnumerable<int> Pids(string procRoot) => new(
        procRoot,
        static (ref entry) => int.Parse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture),
        new EnumerationOptions { RecurseSubdirectories = false, AttributesToSkip = 0 })
    {
        ShouldIncludePredicate = static (ref entry) =>
            entry.FileName[0] is >= '1' and <= '9' && int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out _),
    };

    private void See(int pid, ProcReader reader, double? seconds)
    {
        if (!_known.TryGetValue(pid, out var process))
            process = new KnownProcess(pid, procRoot);
        // It may have ended since its name was read.
        if (!reader.TryRead(process.StatPath, out var text) || !ProcessStat.TryRead(text, _names, out var stat))
            return;
        process.See(stat, _run, seconds);
        _known[pid] = process;
        if (!stat.IsKernelThread)
            _seen.Add(process);
    }

    private void Forget()
    {
        _gone.Clear();
        foreach (var (pid, process) in _known)
        {
            if (process.Run != _run)
                _gone.Add(pid);
        }
        foreach (var pid in _gone)
            _known.Remove(pid);
    }
}
