namespace Outrider.Agent.Collectors.Proc;

/// <summary><c>/proc/PID/io</c> (proc_pid_io(5)): bytes that a process made disks read and write.</summary>
internal readonly record struct ProcessIo(long? ReadBytes, long? WrittenBytes)
{
    public static ProcessIo Read(ReadOnlySpan<byte> text)
    {
        (long? read, long? written) = (null, null);
        var lines = new LineReader(text);
        while (lines.TryNext(out var line))
        {
            var fields = new FieldReader(line);
            var name = fields.Next();
            if (name.SequenceEqual("read_bytes:"u8))
                read = Number(ref fields);
            else if (name.SequenceEqual("write_bytes:"u8))
                written = Number(ref fields);
        }
        return new(read, written);
    }

    private static long? Number(ref FieldReader fields) => fields.Unsigned() is <= long.MaxValue and var value ? (long)value : null;
}
