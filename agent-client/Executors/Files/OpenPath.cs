using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Outrider.Agent.Executors.Files;

/// <summary>
/// A folder or file held open, so that what was checked is what is used, though somebody swaps a link meanwhile. Its real path is the
/// kernel's own answer, and paths below <see cref="Base"/> begin at the very folder. Linux only.
/// </summary>
internal sealed partial class OpenPath : IDisposable
{
    // Of open(2); the same on x86-64 and arm64.
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;

    private OpenPath(SafeFileHandle handle) => Handle = handle;

    public SafeFileHandle Handle { get; }

    /// <summary>The open folder as a path.</summary>
    public string Base => $"/proc/self/fd/{Handle.DangerousGetHandle()}";

    /// <summary>Where it is; null: the kernel doesn't say.</summary>
    public string? RealPath => new FileInfo(Base).LinkTarget;

    public bool IsFolder => Directory.Exists(Base);

    /// <summary>Opens a folder; null: there is none, or it may not be opened.</summary>
    public static OpenPath? Folder(string path)
    {
        var opened = Open(path, PathOnly | CloseOnExec);
        if (opened is null || opened.IsFolder)
            return opened;
        opened.Dispose();
        return null;
    }

    /// <summary>Opens a file to be read, never waiting as a named pipe would have it; null: there is none, or it may not be read.</summary>
    public static OpenPath? File(string path) => Open(path, ReadOnly | NonBlocking | CloseOnExec);

    /// <summary>Changes a file's or folder's owner, of a link its own. False: the agent may not.</summary>
    public static bool TryOwn(string path, uint user, uint group) => LChown(path, user, group) == 0;

    public void Dispose() => Handle.Dispose();

    private static OpenPath? Open(string path, int flags)
    {
        var descriptor = OpenDescriptor(path, flags);
        return descriptor < 0 ? null : new OpenPath(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenDescriptor(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LChown(string path, uint user, uint group);
}
