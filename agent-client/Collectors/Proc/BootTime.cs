namespace Outrider.Agent.Collectors.Proc;

/// <summary>When the machine started, from <c>/proc/stat</c>.</summary>
internal static class BootTime
{
    /// <summary>Milliseconds since 1970-01-01 UTC; null when the text doesn't say.</summary>
    public static long? Read(ReadOnlySpan<byte> text)
    {
        var lines = new LineReader(text);
        while (lines.TryNext(out var line))
        {
            if (line.StartsWith("btime "u8))
                return new FieldReader(line[6..]).Unsigned() is <= long.MaxValue / 1000 and var seconds ? (long)seconds * 1000 : null;
        }
        return null;
    }
}
