using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Outrider.Protocol.Credentials;

namespace Outrider.Silo.Hosting;

/// <summary>
/// Protects what ASP.NET Core has browsers carry, under keys that are derived from the platform key: so that any node of a centre reads
/// what another one wrote, and no key ring has to be kept.
/// </summary>
public sealed class PlatformKeyProtection : IDataProtector
{
    private readonly byte[] _key;

    public PlatformKeyProtection(Credential platformKey) => _key = Derive(Encoding.UTF8.GetBytes(platformKey.Secret), "outrider protection");

    private PlatformKeyProtection(byte[] key) => _key = key;

    public IDataProtector CreateProtector(string purpose) => new PlatformKeyProtection(Derive(_key, purpose));

    public byte[] Protect(byte[] plaintext) => SealedBytes.Seal(_key, plaintext, []);

    /// <exception cref="CryptographicException">It was changed, or is of another centre or purpose.</exception>
    public byte[] Unprotect(byte[] protectedData) =>
        SealedBytes.Open(_key, protectedData, []) ?? throw new CryptographicException("This was changed, or is of another centre.");

    private static byte[] Derive(byte[] key, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, outputLength: 32, info: Encoding.UTF8.GetBytes(purpose));
}
