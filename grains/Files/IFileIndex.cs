namespace Outrider.Grains.Files;

/// <summary>Knows the files of all tenants; their content is in <see cref="IFileStore"/>. Safe for concurrent callers.</summary>
public interface IFileIndex
{
    /// <summary>
    /// Adds a file, unless the tenant has one of the same kind and SHA-256. Either the file itself, durable, or the one that was there.
    /// </summary>
    ValueTask<StoredFile> AddAsync(string tenant, StoredFile file, CancellationToken cancellation);

    /// <summary>One file; null if there is none of this id.</summary>
    ValueTask<StoredFile?> ReadAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>The file of this kind and content; null if there is none.</summary>
    ValueTask<StoredFile?> FindAsync(string tenant, string sha256, FileKind kind, CancellationToken cancellation);

    /// <summary>Files by when they were created, newest first, then by id; after <paramref name="after"/> (null: from the newest).</summary>
    ValueTask<IReadOnlyList<StoredFile>> ListAsync(string tenant, FileQuery query, FileCursor? after, int limit, CancellationToken cancellation);

    /// <summary>Removes a file. False: there is none of this id.</summary>
    ValueTask<bool> DeleteAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>Whether any file of the tenant has this content.</summary>
    ValueTask<bool> RefersToAsync(string tenant, string sha256, CancellationToken cancellation);
}
