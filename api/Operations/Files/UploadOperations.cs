using System.Buffers;
using Outrider.Api.Auth;
using Outrider.Grains.Files;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Files;

/// <summary>Takes files from callers, the same for every front door: written to the store as they come, never held in memory.</summary>
public sealed class UploadOperations(FileKeeper keeper, Auditor audit, TimeProvider time)
{
    private const int Piece = 256 * 1024;

    /// <summary>Whether to read the file at all, before its first byte. <c>forbidden</c>, <c>invalid_argument</c>, <c>payload_too_large</c>.</summary>
    public static Problem? Admit(Caller caller, FileOffer offer)
    {
        if (Permissions.Require(caller, Permission.FilesManage) is { } forbidden)
            return forbidden;
        if (offer.Sha256 is { } sha256 && !FileKeeper.IsSha256(sha256))
            return TenantRules.Invalid("sha256 must be 64 lower-case hexadecimal digits.");
        if (offer is { Kind: FileKind.Artefact, Sha256: null })
            return TenantRules.Invalid("An artefact is sent with its checksum: sha256=… in the address, or the header Content-Digest (RFC 9530).");
        return offer.Bytes > FileLimits.BytesOf(offer.Kind) ? TooLarge(offer.Kind) : null;
    }

    /// <summary>
    /// Keeps a file. Besides <see cref="Admit"/>: <c>unsupported_media_type</c>, <c>file_invalid</c> (another checksum; an archive that is not to
    /// be opened), <c>unavailable</c> (the disk). What isn't kept leaves nothing.
    /// </summary>
    public async Task<Outcome<KeptFile>> UploadAsync(Caller caller, FileOffer offer, Stream content, CancellationToken cancellation)
    {
        if (Admit(caller, offer) is { Code: ProblemCodes.Forbidden } forbidden)
            return forbidden;
        var name = FileNames.Clean(offer.Name);
        var kept = await KeepAsync(caller, offer, name, content, cancellation);
        await audit.RecordAsync(
            caller, "file.upload", kept.Value?.File.Id ?? "", kept.Problem, $"{name} {kept.Value?.File.Size} {kept.Value?.File.Sha256}".TrimEnd(),
            CancellationToken.None);
        return kept;
    }

    private async Task<Outcome<KeptFile>> KeepAsync(Caller caller, FileOffer offer, string name, Stream content, CancellationToken cancellation)
    {
        if (Admit(caller, offer) is { } refused)
            return refused;
        if (offer.Name is null)
            return TenantRules.Invalid("The file has no name: send it as multipart/form-data with a file name, or say name=… in the address.");
        var type = offer.Kind is FileKind.User ? FileTypes.Of(name, offer.ContentType) : offer.ContentType ?? FileTypes.Unknown;
        if (type is null)
        {
            return new Problem(ProblemCodes.UnsupportedMediaType,
                $"'{name}' declared as {TenantRules.Short(offer.ContentType ?? FileTypes.Unknown)} can't be sent: name and Content-Type must agree on one of "
                + $"{FileTypes.Endings}. Anything may be sent as an artefact: kind=artefact.");
        }
        var begun = await keeper.Store.BeginAsync(caller.Tenant, null, offer.Bytes ?? 0, cancellation);
        if (!begun.Ok)
            return begun.Problem;
        await using var upload = begun.Value;
        using var digest = new FileDigest(withMd5: true);
        if (await ReceiveAsync(content, upload, digest, FileLimits.BytesOf(offer.Kind), cancellation) is { } failed)
            return failed.Code == ProblemCodes.PayloadTooLarge ? TooLarge(offer.Kind) : failed;
        var (sha256, md5) = digest.Finish();
        if (offer.Sha256 is { } expected && expected != sha256)
            return new Problem(ProblemCodes.FileInvalid, $"What came has the SHA-256 {sha256}, not the one that was said. Send it again.");
        if (offer.Kind is FileKind.User && FileNames.Ending(name) == ".zip" && await ZipCheck.RunAsync(upload, cancellation) is { } unsafeArchive)
            return unsafeArchive;
        return await KeepAsync(caller, upload, Describe(caller, offer.Kind, name, type) with { Size = upload.Length, Sha256 = sha256, Md5 = md5 });
    }

    private async Task<Outcome<KeptFile>> KeepAsync(Caller caller, IFileUpload upload, StoredFile file)
    {
        var kept = await DiskFaults.OrProblemAsync(() => keeper.KeepAsync(caller.Tenant, upload, file));
        return kept.Ok ? new KeptFile(FileView.Of(kept.Value), kept.Value.Id == file.Id) : kept.Problem;
    }

    private StoredFile Describe(Caller caller, FileKind kind, string name, string type)
    {
        var now = time.GetUtcNow();
        return new StoredFile
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Name = name,
            Size = 0,
            ContentType = type,
            Sha256 = "",
            Kind = kind,
            CreatedAt = now,
            CreatedBy = caller.CredentialId,
        };
    }

    /// <summary>Reads to the end. <c>payload_too_large</c>: there was more than <paramref name="most"/>; <c>unavailable</c>: the disk.</summary>
    private static async Task<Problem?> ReceiveAsync(Stream content, IFileUpload upload, FileDigest digest, long most, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is > 0 and var read)
            {
                if (upload.Length + read > most)
                    return new Problem(ProblemCodes.PayloadTooLarge, "");
                if (await DiskFaults.WriteAsync(upload, buffer.AsMemory(0, read), cancellation) is { } full)
                    return full;
                digest.Append(buffer.AsSpan(0, read));
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Problem TooLarge(FileKind kind) => new(ProblemCodes.PayloadTooLarge, kind is FileKind.User
        ? $"A file may have {FileLimits.UserBytes} bytes (50 MiB). Send what is larger as an artefact: kind=artefact and sha256=…."
        : $"An artefact may have {FileLimits.ArtefactBytes} bytes (5 GiB).");
}
