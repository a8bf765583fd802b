using System.Diagnostics;

namespace Outrider.Testing.Processes;

/// <summary>A disk of a few megabytes, in memory, that can be filled to the last byte. Linux and root only.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Why there can be no such disk here; null: there can.</summary>
    public static string? Obstacle()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return "A small disk can be mounted on Linux by root only.";
        var folder = Directory.CreateTempSubdirectory("outrider-disk-").FullName;
        try
        {
            return Run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]) is { } error ? $"A small disk can't be mounted here: {error}" : Run("umount", [folder]);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    public static SmallDisk Mount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("outrider-disk-").FullName;
        return Run("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder]) is { } error ? throw new IOException(error) : new SmallDisk(folder);
    }

    /// <summary>Writes until there is no room for another byte.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            for (var length = 1 << 20; ;)
            {
                try
                {
                    filler.Write(new byte[length]);
                }
                catch (IOException) when (length > 1)
                {
                    length /= 2;
                }
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Filler);

    public ValueTask DisposeAsync()
    {
        Run("umount", ["--lazy", Path]);
        Directory.Delete(Path);
        return ValueTask.CompletedTask;
    }

    private static string? Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
