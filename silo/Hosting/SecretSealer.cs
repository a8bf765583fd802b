using System.Security.Cryptography;
using System.Text;
using Outrider.Grains.Secrets;
using Outrider.Protocol.Credentials;

namespace Outrider.Silo.Hosting;

/// <inheritdoc cref="ISecretSealer"/>
/// <remarks>
/// Sealed under a key that is derived from the platform key, which the store doesn't hold. Tenant and name are sealed with it, so that a value
/// can't be moved to another name.
/// </remarks>
public sealed class SecretSealer(Credential platformKey) : ISecretSealer
{
    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(platformKey.Secret), outputLength: 32, info: "outrider secrets"u8.ToArray());

    public byte[] Seal(string tenant, string name, string value) => SealedBytes.Seal(_key, Encoding.UTF8.GetBytes(value), About(tenant, name));

    public string? Open(string tenant, string name, byte[] sealedValue) =>
        SealedBytes.Open(_key, sealedValue, About(tenant, name)) is { } text ? Encoding.UTF8.GetString(text) : null;

    private static byte[] About(string tenant, string name) => Encoding.UTF8.GetBytes($"{tenant}\n{name}");
}
