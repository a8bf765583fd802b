using System.Security.Cryptography;
using System.Text;

namespace Outrider.MySql.Authentication;

/// <summary>
/// caching_sha2_password. Fast path: SHA256(password) XOR SHA256(SHA256(SHA256(password)) + nonce), which the server checks against its
/// cache. Full path: the password itself, through TLS or encrypted with the server's RSA key.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html
/// </summary>
public static class CachingSha2Password
{
    /// <summary>Server: the answer matched its cache; an OK packet follows.</summary>
    public const byte FastPathSucceeded = 3;

    /// <summary>Server: not in its cache, send the password.</summary>
    public const byte FullPathNeeded = 4;

    /// <summary>Client: send your public key.</summary>
    public const byte PublicKeyRequest = 2;

    /// <summary>Longest public key that a client parses, in bytes of PEM.</summary>
    public const int MaxPublicKeyBytes = 16 * 1024;

    /// <summary>The client's answer; empty for an empty password.</summary>
    public static byte[] Scramble(string password, ReadOnlySpan<byte> nonce) =>
        password.Length == 0 ? [] : Mask(password, Fingerprint(password), nonce);

    /// <summary>What a server caches after a full path: SHA256(SHA256(password)).</summary>
    public static byte[] Fingerprint(string password) => SHA256.HashData(SHA256.HashData(Encoding.UTF8.GetBytes(password)));

    /// <summary>Whether an answer proves knowledge of the password behind a cached fingerprint.</summary>
    public static bool Verify(ReadOnlySpan<byte> fingerprint, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> answer)
    {
        if (answer.Length != SHA256.HashSizeInBytes)
            return false;
        var hash = Xor.Apply(answer, SHA256.HashData([.. fingerprint, .. nonce]));
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(hash), fingerprint);
    }

    /// <summary>The password and a NUL, masked by the nonce and encrypted with the server's key.</summary>
    /// <exception cref="MySqlProtocolException">The key is not one.</exception>
    public static byte[] Encrypt(string password, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKeyPem)
    {
        if (publicKeyPem.Length > MaxPublicKeyBytes || nonce.IsEmpty)
            throw new MySqlProtocolException("The server sent something else than an RSA public key and a nonce.");
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(Encoding.ASCII.GetString(publicKeyPem));
            return rsa.Encrypt(Xor.Apply(Terminated(password), nonce), RSAEncryptionPadding.OaepSHA1);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new MySqlProtocolException("The server sent something else than a usable RSA public key.", e);
        }
    }

    /// <summary>The password out of <see cref="Encrypt"/>'s bytes; null when they don't decrypt.</summary>
    public static string? Decrypt(byte[] encrypted, ReadOnlySpan<byte> nonce, RSA key)
    {
        try
        {
            return Unterminated(Xor.Apply(key.Decrypt(encrypted, RSAEncryptionPadding.OaepSHA1), nonce));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The password and a NUL, as sent through TLS.</summary>
    public static byte[] Terminated(string password) => Encoding.UTF8.GetBytes(password + '\0');

    /// <summary>The password before its NUL; null when there is none.</summary>
    public static string? Unterminated(ReadOnlySpan<byte> bytes) => bytes is [.., 0] ? Encoding.UTF8.GetString(bytes[..^1]) : null;

    private static byte[] Mask(string password, byte[] fingerprint, ReadOnlySpan<byte> nonce) =>
        Xor.Apply(SHA256.HashData(Encoding.UTF8.GetBytes(password)), SHA256.HashData([.. fingerprint, .. nonce]));
}
