using Outrider.Grains.Files;

namespace Outrider.Storage.Files;

/// <summary>Content on its way into a <see cref="DiskFileStore"/>: a file that is renamed when it is whole.</summary>
/// <param name="file">Opened for this upload alone; may hold what was kept.</param>
/// <param name="pathOf">Where content of a SHA-256 belongs.</param>
internal sealed class DiskUpload(FileStream file, Func<string, string> pathOf) : IFileUpload
{
    private bool _gone;

    public long Length { get; private set; } = file.Length;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        // Into the page cache: there is nothing to wait for but a disk that is behind, which is to slow the sender down.
        RandomAccess.Write(file.SafeFileHandle, bytes.Span, Length);
        Length += bytes.Length;
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> ReadAsync(long offset, Memory<byte> to, CancellationToken cancellation) =>
        RandomAccess.ReadAsync(file.SafeFileHandle, to, offset, cancellation);

    public void Truncate(long length)
    {
        RandomAccess.SetLength(file.SafeFileHandle, length);
        Length = length;
    }

    // Off the caller's thread: a disk takes its time.
    public async ValueTask CommitAsync(string sha256, CancellationToken cancellation) => await Task.Run(() => Commit(sha256), cancellation).ConfigureAwait(false);

    public void Keep() => _gone = true;

    public async ValueTask DisposeAsync()
    {
        // Before it is closed: until then nobody else can have opened it.
        if (!_gone)
            File.Delete(file.Name);
        await file.DisposeAsync().ConfigureAwait(false);
    }

    private void Commit(string sha256)
    {
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        _gone = OwnFiles.Place(file.Name, pathOf(sha256));
        if (!_gone)
            return;
        // The new name, too: it is in the same transaction of the file system's journal as the file's own time of change.
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        // Readers find it from now on, and it is locked for as long as it is open here.
        file.Dispose();
    }
}
