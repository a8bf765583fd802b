using System.Buffers.Text;
using System.Security.Cryptography;

namespace Outrider.Protocol.Metrics;

/// <summary>Names for batches whose senders don't number them.</summary>
public static class BatchNames
{
    private const char Mark = '~';
    private const int HashBytes = 16;

    /// <summary>
    /// A boot of one batch, number 1, named by what it was made of: the same again has the same name. Half of a SHA-256, so that two
    /// different ones never share a name.
    /// </summary>
    public static string BootOf(ReadOnlySpan<byte> content) => Mark + Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, HashBytes));

    /// <summary>Whether a boot is of that kind.</summary>
    public static bool IsOfOne(string boot) => boot.StartsWith(Mark);
}
