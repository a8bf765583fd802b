using System.Diagnostics.CodeAnalysis;
using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Storage.Files;

/// <summary>
/// Content of files in a folder: <c>TENANT/ab/abcdef…</c> by SHA-256, for the owner of the process only. What is on its way is in
/// <c>.uploads</c>, locked for as long as somebody writes it: so several nodes may share the folder.
/// </summary>
public sealed class DiskFileStore : IFileStore
{
    /// <summary>Room that uploads leave on the disk, for the databases beside them.</summary>
    public const long Reserve = 256L * 1024 * 1024;

    /// <summary>How long an upload that was kept waits to be taken up again, and content for a file to refer to it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private const string Uploads = ".uploads";
    private const string Kept = ".part";
    private const string Fresh = ".tmp";
    private const string Trash = ".old";

    private readonly string _folder;
    private readonly string _uploads;
    private readonly TimeProvider _time;
    private readonly long _reserve;

    /// <summary>Makes the folder if it isn't there.</summary>
    /// <param name="folder">Shared by all nodes of a cluster.</param>
    /// <param name="time">The clock.</param>
    /// <param name="reserve">See <see cref="Reserve"/>.</param>
    /// <exception cref="StorageException">The folder can't be used.</exception>
    public DiskFileStore(string folder, TimeProvider time, long reserve = Reserve)
    {
        (_folder, _time, _reserve) = (Path.GetFullPath(folder), time, reserve);
        _uploads = Path.Combine(_folder, Uploads);
        try
        {
            OwnFiles.CreateFolder(_uploads);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The folder of files {_folder} can't be used: {e.Message} Name another one (OUTRIDER_FILES).", e);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The result owns the file.")]
    public ValueTask<Outcome<IFileUpload>> BeginAsync(string tenant, string? name, long bytes, CancellationToken cancellation)
    {
        var path = Path.Combine(_uploads, name is null ? $"{Guid.NewGuid():N}{Fresh}" : $"{tenant}-{name}{Kept}");
        try
        {
            var there = new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
            var lacking = bytes - there + _reserve - new DriveInfo(_uploads).AvailableFreeSpace;
            return lacking > 0
                ? Fail($"The centre's disk lacks {lacking} bytes for this file. Delete files, or tell its operator.")
                : ValueTask.FromResult<Outcome<IFileUpload>>(new DiskUpload(OwnFiles.OpenAlone(path, FileMode.OpenOrCreate), sha256 => PathOf(tenant, sha256)));
        }
        catch (IOException e)
        {
            return Fail($"An upload can't be begun: {e.Message}");
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller owns the stream.")]
    public ValueTask<Stream?> OpenAsync(string tenant, string sha256, CancellationToken cancellation)
    {
        try
        {
            // No buffer of its own: whoever reads it reads large pieces.
            return ValueTask.FromResult<Stream?>(new FileStream(PathOf(tenant, sha256), new FileStreamOptions
            {
                Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan,
            }));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<Stream?>(null);
        }
    }

    public async ValueTask DeleteAsync(string tenant, string sha256, Func<ValueTask<bool>> isUsed, CancellationToken cancellation)
    {
        var path = PathOf(tenant, sha256);
        var aside = Path.Combine(_uploads, $"{Guid.NewGuid():N}{Trash}");
        try
        {
            File.Move(path, aside);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        if (await isUsed().ConfigureAwait(false))
            OwnFiles.Place(aside, path);
        File.Delete(aside);
    }

    public async ValueTask CleanAsync(Func<string, string, ValueTask<bool>> isUsed, CancellationToken cancellation)
    {
        foreach (var path in Directory.EnumerateFiles(_uploads))
        {
            // What was set aside is left a while, too: a node may be asking about it.
            if (path.EndsWith(Fresh, StringComparison.Ordinal) || IsOld(path))
                Remove(path);
        }
        foreach (var folder in Directory.EnumerateDirectories(_folder).Where(folder => Path.GetFileName(folder) != Uploads))
        {
            var tenant = Path.GetFileName(folder);
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                cancellation.ThrowIfCancellationRequested();
                var sha256 = Path.GetFileName(path);
                if (IsOld(path) && !await isUsed(tenant, sha256).ConfigureAwait(false))
                    await DeleteAsync(tenant, sha256, () => isUsed(tenant, sha256), cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes an upload, unless somebody has it open.</summary>
    private static void Remove(string path)
    {
        try
        {
            using (OwnFiles.OpenAlone(path, FileMode.Open))
                File.Delete(path);
        }
        catch (IOException)
        {
            // It is being written, here or by another node; or it was removed meanwhile.
        }
    }

    private bool IsOld(string path) => _time.GetUtcNow() - File.GetLastWriteTimeUtc(path) > KeptFor;

    private string PathOf(string tenant, string sha256) => Path.Combine(_folder, tenant, sha256[..2], sha256);

    private static ValueTask<Outcome<IFileUpload>> Fail(string message) =>
        ValueTask.FromResult<Outcome<IFileUpload>>(new Problem(ProblemCodes.Unavailable, message) { RetryAfterSeconds = 5 });
}
