using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Files;

/// <summary>
/// Keeps the content of files by tenant and SHA-256: a folder, or an object store whose uploads have parts and whose reads have ranges.
/// Safe for concurrent callers, also of several nodes.
/// </summary>
public interface IFileStore
{
    /// <summary>
    /// Begins an upload, or takes one up again that was kept. <c>unavailable</c>: there is no room for it, or somebody else writes it just now.
    /// </summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="name">Names an upload that outlives its link, so that it can be taken up again: letters and digits; null: a new one.</param>
    /// <param name="bytes">How much is expected, for there to be room; 0: not known.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<Outcome<IFileUpload>> BeginAsync(string tenant, string? name, long bytes, CancellationToken cancellation);

    /// <summary>Opens content for reading: a stream that can seek, to be disposed of. Null: it isn't there.</summary>
    ValueTask<Stream?> OpenAsync(string tenant, string sha256, CancellationToken cancellation);

    /// <summary>
    /// Removes content. <paramref name="isUsed"/> is asked once nobody finds the content any more; when a file has come to refer to it meanwhile,
    /// it is there again.
    /// </summary>
    ValueTask DeleteAsync(string tenant, string sha256, Func<ValueTask<bool>> isUsed, CancellationToken cancellation);

    /// <summary>
    /// Removes uploads that nobody will end (those that a crash left, and those kept that nobody took up for a day), and content older than
    /// a day to which no file refers.
    /// </summary>
    /// <param name="isUsed">Whether a file refers to content of a tenant and a SHA-256.</param>
    /// <param name="cancellation">Ends it early.</param>
    ValueTask CleanAsync(Func<string, string, ValueTask<bool>> isUsed, CancellationToken cancellation);
}
