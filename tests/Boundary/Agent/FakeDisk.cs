using Outrider.Agent.Spool;

namespace Outrider.Tests.Boundary.Agent;

/// <summary>The real disk with as much room as a test gives it. What doesn't fit is written in part, as a kernel does.</summary>
internal sealed class FakeDisk
{
    public long Free { get; set; } = long.MaxValue;

    public int Syncs { get; private set; }

    public Action? OnFull { get; set; }

    public ISegmentFile Create(string path) => new Segment(this, SegmentFile.Create(path));

    private sealed class Segment(FakeDisk disk, ISegmentFile file) : ISegmentFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long at)
        {
            var room = (int)Math.Min(bytes.Length, disk.Free);
            file.Write(bytes[..room], at);
            if (room < bytes.Length)
            {
                disk.OnFull?.Invoke();
                throw new IOException("No space left on device");
            }
            disk.Free -= room;
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Sync()
        {
            disk.Syncs++;
            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
