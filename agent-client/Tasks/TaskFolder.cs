using System.Globalization;
using System.Runtime.InteropServices;
using Outrider.Agent.Logging;

namespace Outrider.Agent.Tasks;

/// <summary>The folders of the engine, for the agent's user only.</summary>
internal static partial class TaskFolder
{
    /// <summary>O_CLOEXEC of Linux.</summary>
    private const int CloseOnExec = 0x8_0000;

    /// <summary>The folder of an attempt below <paramref name="root"/>, whatever characters its task's id has.</summary>
    public static string Of(string root, string task, int attempt) =>
        Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(task)}.{attempt}"));

    /// <summary>Makes a folder, if it isn't there. Throws <see cref="IOException"/>.</summary>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Deletes a folder and what is in it, if it is there.</summary>
    public static void Delete(string folder, AgentLog log)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It was never made.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn($"{folder} can't be deleted: {e.Message}");
        }
    }

    /// <summary>Returns once the names in a folder survive a loss of power. Elsewhere than on Linux it does nothing.</summary>
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var handle = Open(folder, CloseOnExec);
        if (handle < 0)
            return;
        _ = FSync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
