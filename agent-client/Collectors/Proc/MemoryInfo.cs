namespace Outrider.Agent.Collectors.Proc;

/// <summary><c>/proc/meminfo</c> in bytes (proc_meminfo(5)). Null: the kernel doesn't tell.</summary>
internal readonly record struct MemoryInfo
{
    public double? Total { get; private init; }

    public double? Free { get; private init; }

    /// <summary>Since Linux 3.14.</summary>
    public double? Available { get; private init; }

    public double? Buffers { get; private init; }

    public double? Cached { get; private init; }

    public double? SwapTotal { get; private init; }

    public double? SwapFree { get; private init; }

    public double? Used => Total - Available;

    public double? Percent => Total > 0 ? Used / Total * 100 : null;

    public double? SwapUsed => SwapTotal - SwapFree;

    /// <summary>Null when the machine has no swap.</summary>
    public double? SwapPercent => SwapTotal > 0 ? SwapUsed / SwapTotal * 100 : null;

    public static MemoryInfo Read(ReadOnlySpan<byte> text)
    {
        MemoryInfo info = default;
        var lines = new LineReader(text);
        while (lines.TryNext(out var line))
        {
            var fields = new FieldReader(line);
            var name = fields.Next();
            double? Bytes(ref FieldReader from) => from.Unsigned() * 1024.0;
            if (name.SequenceEqual("MemTotal:"u8))
                info = info with { Total = Bytes(ref fields) };
            else if (name.SequenceEqual("MemFree:"u8))
                info = info with { Free = Bytes(ref fields) };
            else if (name.SequenceEqual("MemAvailable:"u8))
                info = info with { Available = Bytes(ref fields) };
            else if (name.SequenceEqual("Buffers:"u8))
                info = info with { Buffers = Bytes(ref fields) };
            else if (name.SequenceEqual("Cached:"u8))
                info = info with { Cached = Bytes(ref fields) };
            else if (name.SequenceEqual("SwapTotal:"u8))
                info = info with { SwapTotal = Bytes(ref fields) };
            else if (name.SequenceEqual("SwapFree:"u8))
                info = info with { SwapFree = Bytes(ref fields) };
        }
        return info;
    }
}
