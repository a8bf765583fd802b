using System.Runtime.InteropServices;

namespace Outrider.Agent.Collectors;

/// <summary>Size and use of a mounted file system. It may hang on a network file system whose server is away, so those are not asked.</summary>
/// <param name="Total">Bytes.</param>
/// <param name="Free">Bytes left for ordinary users.</param>
/// <param name="Used">Bytes in use: total less what is free for root.</param>
/// <param name="Inodes">0: the file system has no such number.</param>
/// <param name="InodesFree">Inodes left.</param>
internal readonly partial record struct FileSystemSpace(double Total, double Free, double Used, double Inodes, double InodesFree)
{
    /// <summary>False: the path can't be asked.</summary>
    public static bool TryRead(string mountPoint, out FileSystemSpace space)
    {
        space = default;
        if (StatVfs(mountPoint, out var found) != 0)
            return false;
        var block = (double)(found.FragmentSize > 0 ? found.FragmentSize : found.BlockSize);
        space = new FileSystemSpace(
            found.Blocks * block, found.BlocksAvailable * block, (found.Blocks - found.BlocksFree) * block, found.Files, found.FilesFree);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatVfs(string path, out VfsStatistics found);

    /// <summary><c>struct statvfs</c> of 64-bit Linux (glibc, musl): POSIX &lt;sys/statvfs.h&gt;, with room for what follows.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct VfsStatistics
    {
        public ulong BlockSize;
        public ulong FragmentSize;
        public ulong Blocks;
        public ulong BlocksFree;
        public ulong BlocksAvailable;
        public ulong Files;
        public ulong FilesFree;
    }
}
