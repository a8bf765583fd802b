using System.Buffers.Text;

namespace Outrider.Agent.Collectors.Proc;

/// <summary><c>/proc/loadavg</c> (proc_loadavg(5)): load over 1, 5 and 15 minutes, and how many threads there are.</summary>
internal readonly record struct LoadAverage(double? One, double? Five, double? Fifteen, double? Threads)
{
    public static LoadAverage Read(ReadOnlySpan<byte> text)
    {
        var lines = new LineReader(text);
        lines.TryNext(out var line);
        var fields = new FieldReader(line);
        var (one, five, fifteen) = (fields.Number(), fields.Number(), fields.Number());
        var tasks = fields.Next();
        var slash = tasks.IndexOf((byte)'/');
        return new(one, five, fifteen, slash >= 0 && Utf8Parser.TryParse(tasks[(slash + 1)..], out ulong threads, out _) ? threads : null);
    }
}
