using System.Buffers;

namespace Outrider.Protocol.Metrics;

/// <summary>A snapshot of the processes: per row a set of bits that says which fields are known, then those.</summary>
internal static class ProcessTableCodec
{
    [Flags]
    private enum Fields : ushort
    {
        ParentPid = 1 << 0,
        Command = 1 << 1,
        WorkingDirectory = 1 << 2,
        Category = 1 << 3,
        CpuPercent = 1 << 4,
        MemoryBytes = 1 << 5,
        Threads = 1 << 6,
        DiskReadBytes = 1 << 7,
        DiskWriteBytes = 1 << 8,
        NetworkSentBytes = 1 << 9,
        NetworkReceivedBytes = 1 << 10,
        StartedAt = 1 << 11,
        CpuSeconds = 1 << 12,
        All = (1 << 13) - 1,
    }

    public static void Write(IBufferWriter<byte> to, ProcessTable table)
    {
        var writer = new BatchWriter(to);
        writer.Signed(table.Time);
        writer.Signed(table.Total);
        writer.Signed(table.Cpus);
        writer.Signed(table.MemoryBytes);
        writer.Unsigned((ulong)table.Rows.Count);
        foreach (var row in table.Rows)
            WriteRow(writer, row);
    }

    public static ProcessTable Read(ReadOnlySpan<byte> block)
    {
        var reader = new BatchReader(block);
        var time = reader.Time();
        int total = Number(ref reader), cpus = Number(ref reader);
        var memory = reader.Signed();
        var rows = new ProcessRow[reader.Count(MetricLimits.Processes, "processes")];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = ReadRow(ref reader);
        reader.End();
        return new ProcessTable(time, total, cpus, memory, rows);
    }

    private static void WriteRow(BatchWriter writer, ProcessRow row)
    {
        writer.Unsigned((ulong)Known(row));
        writer.Signed(row.Pid);
        writer.Text(row.Name);
        Signed(row.ParentPid);
        Text(row.Command);
        Text(row.WorkingDirectory);
        Text(row.Category);
        Value(row.CpuPercent);
        Signed(row.MemoryBytes);
        Signed(row.Threads);
        Signed(row.DiskReadBytes);
        Signed(row.DiskWriteBytes);
        Signed(row.NetworkSentBytes);
        Signed(row.NetworkReceivedBytes);
        Signed(row.StartedAt);
        Value(row.CpuSeconds);

        void Signed(long? value)
        {
            if (value is { } known)
                writer.Signed(known);
        }

        void Text(string? value)
        {
            if (value is { } known)
                writer.Text(known);
        }

        void Value(double? value)
        {
            if (value is { } known)
                writer.Value(known);
        }
    }

    private static ProcessRow ReadRow(ref BatchReader reader)
    {
        var known = (Fields)reader.Index((int)Fields.All + 1, "fields");
        return new ProcessRow(Number(ref reader), Text(ref reader))
        {
            ParentPid = Has(Fields.ParentPid) ? Number(ref reader) : null,
            Command = Has(Fields.Command) ? Text(ref reader) : null,
            WorkingDirectory = Has(Fields.WorkingDirectory) ? Text(ref reader) : null,
            Category = Has(Fields.Category) ? Text(ref reader) : null,
            CpuPercent = Has(Fields.CpuPercent) ? reader.Value() : null,
            MemoryBytes = Has(Fields.MemoryBytes) ? reader.Signed() : null,
            Threads = Has(Fields.Threads) ? Number(ref reader) : null,
            DiskReadBytes = Has(Fields.DiskReadBytes) ? reader.Signed() : null,
            DiskWriteBytes = Has(Fields.DiskWriteBytes) ? reader.Signed() : null,
            NetworkSentBytes = Has(Fields.NetworkSentBytes) ? reader.Signed() : null,
            NetworkReceivedBytes = Has(Fields.NetworkReceivedBytes) ? reader.Signed() : null,
            StartedAt = Has(Fields.StartedAt) ? reader.Signed() : null,
            CpuSeconds = Has(Fields.CpuSeconds) ? reader.Value() : null,
        };

        bool Has(Fields field) => (known & field) != 0;
    }

    private static Fields Known(ProcessRow row) =>
        (row.ParentPid is null ? 0 : Fields.ParentPid)
        | (row.Command is null ? 0 : Fields.Command)
        | (row.WorkingDirectory is null ? 0 : Fields.WorkingDirectory)
        | (row.Category is null ? 0 : Fields.Category)
        | (row.CpuPercent is null ? 0 : Fields.CpuPercent)
        | (row.MemoryBytes is null ? 0 : Fields.MemoryBytes)
        | (row.Threads is null ? 0 : Fields.Threads)
        | (row.DiskReadBytes is null ? 0 : Fields.DiskReadBytes)
        | (row.DiskWriteBytes is null ? 0 : Fields.DiskWriteBytes)
        | (row.NetworkSentBytes is null ? 0 : Fields.NetworkSentBytes)
        | (row.NetworkReceivedBytes is null ? 0 : Fields.NetworkReceivedBytes)
        | (row.StartedAt is null ? 0 : Fields.StartedAt)
        | (row.CpuSeconds is null ? 0 : Fields.CpuSeconds);

    private static int Number(ref BatchReader reader) =>
        reader.Signed() is var value and >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new FormatException("a number of a process is too large");

    private static string Text(ref BatchReader reader) => reader.Text(MetricLimits.ProcessTextBytes, "bytes in a process's text");
}
