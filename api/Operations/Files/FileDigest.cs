using System.Security.Cryptography;
using Outrider.Grains.Files;

namespace Outrider.Api.Operations.Files;

/// <summary>The checksums of content on its way. Not thread-safe.</summary>
/// <param name="withMd5">MD5, too, which older clients ask for and which costs more than all the rest.</param>
internal sealed class FileDigest(bool withMd5) : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private readonly IncrementalHash? _md5 = withMd5 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _md5?.AppendData(bytes);
    }

    /// <summary>Appends what was written before.</summary>
    public async ValueTask AppendAsync(IFileUpload upload, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 20];
        long at = 0;
        while (at < upload.Length && await upload.ReadAsync(at, buffer, cancellation) is > 0 and var read)
        {
            Append(buffer.AsSpan(0, read));
            at += read;
        }
    }

    /// <summary>Both in lower-case hexadecimal; it begins anew after that.</summary>
    public (string Sha256, string? Md5) Finish() =>
        (Convert.ToHexStringLower(_sha256.GetHashAndReset()), _md5 is null ? null : Convert.ToHexStringLower(_md5.GetHashAndReset()));

    public void Dispose()
    {
        _sha256.Dispose();
        _md5?.Dispose();
    }
}
