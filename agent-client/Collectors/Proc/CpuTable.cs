using System.Buffers.Text;

namespace Outrider.Agent.Collectors.Proc;

/// <summary><c>/proc/stat</c>: the times of all processors together and of each (proc_stat(5)).</summary>
internal sealed class CpuTable
{
    private readonly SortedDictionary<int, CpuTimes> _cores = [];

    public CpuTimes Total { get; private set; }

    /// <summary>By the processor's number; those switched off are missing.</summary>
    public IReadOnlyDictionary<int, CpuTimes> Cores => _cores;

    /// <summary>Whether the last text read had the line of all processors.</summary>
    public bool Known { get; private set; }

    public void Read(ReadOnlySpan<byte> text)
    {
        _cores.Clear();
        Known = false;
        var lines = new LineReader(text);
        while (lines.TryNext(out var line) && line.StartsWith("cpu"u8))
            ReadLine(line[3..]);
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        var fields = new FieldReader(line);
        var all = line.StartsWith(" "u8);
        var number = 0;
        if (!all && (!Utf8Parser.TryParse(fields.Next(), out number, out _) || number < 0))
            return;
        CpuTimes times = default;
        for (var mode = 0; mode < CpuTimes.Modes; mode++)
        {
            // Old kernels have fewer modes.
            if (fields.Unsigned() is not { } ticks)
                break;
            times[mode] = ticks;
        }
        if (all)
            (Total, Known) = (times, true);
        else
            _cores[number] = times;
    }
}
