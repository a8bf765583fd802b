using Microsoft.Win32.SafeHandles;

namespace Outrider.Agent.Spool;

/// <summary>A segment's file on the disk, readable by the agent's user only.</summary>
internal sealed class SegmentFile : ISegmentFile
{
    private readonly SafeFileHandle _file;

    private SegmentFile(SafeFileHandle file) => _file = file;

    /// <summary>Begins a new file. Throws <see cref="IOException"/> when it can't be.</summary>
    public static ISegmentFile Create(string path)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new SegmentFile(file);
    }

    public void Write(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(_file, bytes, at);

    public void Truncate(long length) => RandomAccess.SetLength(_file, length);

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();
}
