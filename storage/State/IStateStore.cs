namespace Outrider.Storage.State;

/// <summary>Keeps the state of grains as bytes, guarded by an etag. Safe for concurrent callers.</summary>
public interface IStateStore
{
    /// <summary>The saved bytes and their etag; null when there are none.</summary>
    ValueTask<StoredState?> ReadAsync(string grain, string key, CancellationToken cancellation);

    /// <summary>
    /// Writes if the stored etag is <paramref name="etag"/> (null: nothing may be stored yet); durable when it returns.
    /// Returns the new etag, or null when somebody else wrote: the update was refused.
    /// </summary>
    ValueTask<string?> WriteAsync(string grain, string key, ReadOnlyMemory<byte> state, string? etag, CancellationToken cancellation);

    /// <summary>Removes under the same guard. False: refused.</summary>
    ValueTask<bool> ClearAsync(string grain, string key, string? etag, CancellationToken cancellation);
}
