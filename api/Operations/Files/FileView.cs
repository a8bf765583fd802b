using Outrider.Grains.Files;

namespace Outrider.Api.Operations.Files;

/// <summary>A file as clients see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Cleaned; no path.</param>
/// <param name="Path">Where it is downloaded from, below the centre's address.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Md5">Lower-case hexadecimal; null of what agents brought.</param>
/// <param name="Kind">user or artefact.</param>
/// <param name="CreatedAt">When it came.</param>
/// <param name="CreatedBy">The id of the key that sent it, or <c>agent:</c> and the agent's name.</param>
/// <param name="UpdatedAt">The same: a file never changes.</param>
public sealed record FileView(
    string Id,
    string Name,
    string Path,
    long Size,
    string ContentType,
    string Sha256,
    string? Md5,
    FileKind Kind,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset UpdatedAt)
{
    public static FileView Of(StoredFile file) => new(
        file.Id, file.Name, $"{Rest.RestApi.Prefix}/files/{file.Id}/download", file.Size, file.ContentType, file.Sha256, file.Md5, file.Kind,
        file.CreatedAt, file.CreatedBy, file.CreatedAt);
}
