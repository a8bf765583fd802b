using System.Security.Cryptography;

namespace Outrider.Silo.Hosting;

/// <summary>AES-256-GCM of a text under a key: nonce (12 bytes), tag (16), text.</summary>
internal static class SealedBytes
{
    private static readonly int s_nonce = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int s_tag = AesGcm.TagByteSizes.MaxSize;

    /// <param name="about">What the text belongs to: it opens only with the same.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> about)
    {
        var sealedText = new byte[s_nonce + s_tag + text.Length];
        var nonce = sealedText.AsSpan(0, s_nonce);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, s_tag);
        aes.Encrypt(nonce, text, sealedText.AsSpan(s_nonce + s_tag), sealedText.AsSpan(s_nonce, s_tag), about);
        return sealedText;
    }

    /// <summary>The text; null when it was changed, or sealed under another key or about something else.</summary>
    public static byte[]? Open(byte[] key, byte[] sealedText, ReadOnlySpan<byte> about)
    {
        if (sealedText.Length < s_nonce + s_tag)
            return null;
        var text = new byte[sealedText.Length - s_nonce - s_tag];
        using var aes = new AesGcm(key, s_tag);
        try
        {
            aes.Decrypt(sealedText.AsSpan(0, s_nonce), sealedText.AsSpan(s_nonce + s_tag), sealedText.AsSpan(s_nonce, s_tag), text, about);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        return text;
    }
}
