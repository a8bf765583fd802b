namespace Outrider.Grains.Files;

/// <summary>
/// Content on its way into a <see cref="IFileStore"/>. Used by one caller at a time. Unless it is kept or committed, what was written is gone
/// with its disposal. A disk that is full or fails throws <see cref="IOException"/>.
/// </summary>
public interface IFileUpload : IAsyncDisposable
{
    /// <summary>Bytes written, before this time too.</summary>
    long Length { get; }

    /// <summary>Appends bytes; they may be reused once it returns.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Cuts off what is behind so many bytes.</summary>
    void Truncate(long length);

    /// <summary>Reads what was written; 0: there is nothing from there on.</summary>
    ValueTask<int> ReadAsync(long offset, Memory<byte> to, CancellationToken cancellation);

    /// <summary>
    /// Makes what was written the content of this SHA-256, which the caller has computed: whole, durable, at once. Where that content is
    /// there already nothing changes. The last call but disposal.
    /// </summary>
    ValueTask CommitAsync(string sha256, CancellationToken cancellation);

    /// <summary>What was written outlives this object, for <see cref="IFileStore.BeginAsync"/> to take it up again by its name.</summary>
    void Keep();
}
