namespace Outrider.Agent.Collectors.Proc;

/// <summary><c>/proc/diskstats</c> (proc_diskstats(5), Documentation/admin-guide/iostats.rst of Linux): what each block device has done.</summary>
internal sealed class DiskTable
{
    /// <summary>The unit of this file, whatever the device's own sectors are.</summary>
    private const double SectorBytes = 512;

    private readonly List<Disk> _disks = [];
    private readonly NameTable _names = new();

    /// <summary>Partitions too.</summary>
    public IReadOnlyList<Disk> Disks => _disks;

    public void Read(ReadOnlySpan<byte> text)
    {
        _disks.Clear();
        var lines = new LineReader(text);
        while (lines.TryNext(out var line))
        {
            var fields = new FieldReader(line);
            fields.Skip(2);
            var name = fields.Next();
            if (name.IsEmpty)
                continue;
            var reads = fields.Unsigned();
            fields.Skip(1);
            var sectorsRead = fields.Unsigned();
            fields.Skip(1);
            var writes = fields.Unsigned();
            fields.Skip(1);
            var sectorsWritten = fields.Unsigned();
            fields.Skip(2);
            // Partitions of kernels before 2.6.25 have four numbers that mean something else.
            if (fields.Unsigned() is { } busyMs)
                _disks.Add(new Disk(_names.Get(name), reads, sectorsRead * SectorBytes, writes, sectorsWritten * SectorBytes, busyMs / 1000.0));
        }
    }
}
