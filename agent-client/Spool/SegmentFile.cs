using Microsoft.Win32.SafeHandles;

namespace Outrider.Agent.Spool;

/// <summary>A segment's file on the disk, readable by the agent's user only.</summary>
internal sealed class SegmentFile : ISegmentFile
{
    private readonly SafeFileHandle _file;

    private SegmentFile(SafeFileHandle file) => _file = file;

    /// <summary>Begins a new file. Throws <see cref="IOException"/> when it can't be.</summary>
    public static ISegmentFile Create(string path) => Open(path, FileMode.CreateNew);

    /// <summary>Opens a file that is there, to write on. Throws <see cref="IOException"/> when it can't be.</summary>
    public static ISegmentFile Reopen(string path) => Open(path, FileMode.Open);

    public void Write(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(_file, bytes, at);

    public void Truncate(long length) => RandomAccess.SetLength(_file, length);

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    private static SegmentFile Open(string path, FileMode mode)
    {
        var file = File.OpenHandle(path, mode, FileAccess.Write, FileShare.Read | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new SegmentFile(file);
    }
}
