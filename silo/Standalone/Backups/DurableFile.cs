using System.Security.Cryptography;
using Outrider.Silo.Standalone.Configuration;

namespace Outrider.Silo.Standalone.Backups;

/// <summary>Files for their owner only, durable when they are written.</summary>
internal static class DurableFile
{
    private const int Buffer = 128 * 1024;

    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = Create(path);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Copies a file and says what it read.</summary>
    public static BackupFile Copy(string from, string to, CancellationToken cancellation)
    {
        using var file = Create(to);
        var read = Read(from, part => file.Write(part.Span), cancellation);
        file.Flush(flushToDisk: true);
        return read;
    }

    /// <summary>Reads a file that is there already.</summary>
    public static BackupFile Describe(string path, CancellationToken cancellation) => Read(path, _ => { }, cancellation);

    private static BackupFile Read(string path, Action<ReadOnlyMemory<byte>> sink, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Buffer];
        long bytes = 0;
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            sink(buffer.AsMemory(0, read));
            bytes += read;
        }
        return new BackupFile(Path.GetFileName(path), bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = DataFolder.OwnerOnly;
        return new FileStream(path, options);
    }
}
