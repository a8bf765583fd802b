namespace Outrider.MySql.Authentication;

/// <summary>Bytes masked by a key that repeats.</summary>
internal static class Xor
{
    public static byte[] Apply(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> key)
    {
        var masked = bytes.ToArray();
        for (var i = 0; i < masked.Length; i++)
            masked[i] ^= key[i % key.Length];
        return masked;
    }
}
