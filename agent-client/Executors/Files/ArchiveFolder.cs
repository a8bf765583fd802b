using System.Buffers;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Files;

/// <summary>A new folder that an archive is unpacked into: only files and folders, only inside it, only so much.</summary>
internal sealed class ArchiveFolder(string path, ArchiveLimits limits)
{
    private const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101;

    private long _bytes;

    public long Bytes => _bytes;

    public int Entries { get; private set; }

    /// <summary>Adds a folder. Null: done.</summary>
    public Problem? AddFolder(string name)
    {
        if (Place(name) is not { } place)
            return Outside(name);
        if (Count() is { } fault)
            return fault;
        Make(place);
        return null;
    }

    /// <summary>Adds a file; one that is there already is an archive with two entries of one name. Null: done.</summary>
    public async Task<Problem?> AddFileAsync(string name, Stream content, UnixFileMode mode, CancellationToken cancellation)
    {
        if (Place(name) is not { } place || place == path)
            return Outside(name);
        if (Count() is { } fault)
            return fault;
        Make(Path.GetDirectoryName(place)!);
        if (File.Exists(place) || Directory.Exists(place))
            return Invalid($"it has '{name}' twice");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        await using var file = new FileStream(place, options);
        return await CopyAsync(content, file, cancellation);
    }

    /// <summary>An archive that can't be taken.</summary>
    public static Problem Invalid(string why) => new(ProblemCodes.FileInvalid, $"The archive isn't unpacked: {why}. Nothing of it was kept.");

    private async Task<Problem?> CopyAsync(Stream content, FileStream file, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                _bytes += read;
                if (limits.Fault(_bytes) is { } fault)
                    return Invalid(fault);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Problem? Count() => ++Entries > ArchiveLimits.Entries ? Invalid($"it has more than {ArchiveLimits.Entries} entries") : null;

    private string? Place(string name) => ArchiveName.Parts(name) is { } parts ? Path.Combine([path, .. parts]) : null;

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, FolderMode);
    }

    private static Problem Outside(string name) => Invalid($"its entry '{name}' leads out of the folder or isn't plain text");
}
