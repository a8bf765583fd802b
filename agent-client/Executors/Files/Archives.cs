using System.Formats.Tar;
using System.IO.Compression;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Files;

/// <summary>Unpacks archives of unknown origin. Links, devices and names that lead out are refused, not left out.</summary>
internal static class Archives
{
    public const string Zip = "zip";
    public const string TarGz = "tar.gz";

    private const UnixFileMode Plain = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>Null: all is in the folder. <c>file_invalid</c>.</summary>
    public static async Task<Problem?> UnpackAsync(FileStream archive, string kind, ArchiveFolder into, ArchiveLimits limits, CancellationToken cancellation)
    {
        try
        {
            return kind == Zip ? await UnzipAsync(archive, into, cancellation) : await UntarAsync(archive, into, limits, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or NotSupportedException)
        {
            return ArchiveFolder.Invalid($"it can't be read as {kind}: {e.Message.TrimEnd('.')}");
        }
    }

    private static async Task<Problem?> UnzipAsync(FileStream archive, ArchiveFolder into, CancellationToken cancellation)
    {
        if (ZipDirectory.Fault(archive) is { } fault)
            return ArchiveFolder.Invalid(fault);
        archive.Position = 0;
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            var mode = entry.ExternalAttributes >> 16;
            if ((mode & TypeMask) is not (0 or RegularFile or Folder))
                return Link(entry.FullName);
            if (entry.FullName.EndsWith('/'))
            {
                if (into.AddFolder(entry.FullName) is { } problem)
                    return problem;
                continue;
            }
            await using var content = await entry.OpenAsync(cancellation);
            if (await into.AddFileAsync(entry.FullName, content, (mode & 0b001_000_000) != 0 ? Executable : Plain, cancellation) is { } failed)
                return failed;
        }
        return null;
    }

    private static async Task<Problem?> UntarAsync(FileStream archive, ArchiveFolder into, ArchiveLimits limits, CancellationToken cancellation)
    {
        await using var unzipped = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
        await using var plain = new BoundedTarStream(unzipped, limits);
        await using var tar = new TarReader(plain, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            var problem = entry.EntryType switch
            {
                TarEntryType.GlobalExtendedAttributes => null,
                TarEntryType.Directory => into.AddFolder(entry.Name),
                TarEntryType.RegularFile or TarEntryType.V7RegularFile => await into.AddFileAsync(entry.Name, entry.DataStream ?? Stream.Null,
                    (entry.Mode & UnixFileMode.UserExecute) != 0 ? Executable : Plain, cancellation),
                _ => Link(entry.Name),
            };
            if (problem is not null)
                return problem;
        }
        return null;
    }

    private static Problem Link(string name) => ArchiveFolder.Invalid($"its entry '{name}' is a link or a device; only files and folders are taken");
}
