using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Files;

/// <summary>
/// Holds store and index together: no file without its content, whoever sends and deletes the same content at once, on whatever node. Content
/// without a file, which a crash may leave, is removed by <see cref="CleanAsync"/>.
/// </summary>
public sealed class FileKeeper(IFileIndex index, IFileStore store)
{
    public IFileIndex Index => index;

    public IFileStore Store => store;

    /// <summary>Whether a text can be a SHA-256 as it is written here.</summary>
    public static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>
    /// Makes an upload that is whole a file. Either <paramref name="file"/>, or the one that the tenant has of this content and kind.
    /// <c>unavailable</c>: somebody has just deleted the same content.
    /// </summary>
    public async Task<Outcome<StoredFile>> KeepAsync(string tenant, IFileUpload upload, StoredFile file)
    {
        await upload.CommitAsync(file.Sha256, CancellationToken.None);
        var kept = await index.AddAsync(tenant, file, CancellationToken.None);
        // Whoever deletes asks the index after the content is gone: so either they have seen this file, or it is missing here.
        await using var content = await store.OpenAsync(tenant, file.Sha256, CancellationToken.None);
        if (content is not null)
            return kept;
        await index.DeleteAsync(tenant, kept.Id, CancellationToken.None);
        return new Problem(ProblemCodes.Unavailable, "The same content was deleted at this moment. Send it again.") { RetryAfterSeconds = 1 };
    }

    /// <summary>Opens a file for reading; <c>file_not_found</c>.</summary>
    public async Task<Outcome<FileContent>> OpenAsync(string tenant, string file, CancellationToken cancellation)
    {
        if (await index.ReadAsync(tenant, file, cancellation) is not { } found)
            return FileOperations.Unknown(file);
        return await store.OpenAsync(tenant, found.Sha256, cancellation) is { } content
            ? new FileContent(found, content)
            : new Problem(ProblemCodes.FileNotFound,
                $"The content of file '{found.Id}' is not where it was. Send the file again, or tell the centre's operator.");
    }

    /// <summary>Removes a file, and its content when no other file has it.</summary>
    public async Task DeleteAsync(string tenant, StoredFile file)
    {
        await index.DeleteAsync(tenant, file.Id, CancellationToken.None);
        if (!await IsUsedAsync(tenant, file.Sha256))
            await store.DeleteAsync(tenant, file.Sha256, () => IsUsedAsync(tenant, file.Sha256), CancellationToken.None);
    }

    /// <summary>Removes what nobody will ask for any more.</summary>
    public ValueTask CleanAsync(CancellationToken cancellation) => store.CleanAsync(IsUsedAsync, cancellation);

    private ValueTask<bool> IsUsedAsync(string tenant, string sha256) => index.RefersToAsync(tenant, sha256, CancellationToken.None);
}
