using System.Security.Cryptography;
using System.Text;
using Outrider.Grains.Secrets;
using Outrider.Protocol.Credentials;

namespace Outrider.Silo.Hosting;

/// <inheritdoc cref="ISecretSealer"/>
/// <remarks>
/// AES-256-GCM under a key that is derived from the platform key, which the store doesn't hold: nonce (12 bytes), tag (16), text. Tenant and
/// name are sealed with it, so that a value can't be moved to another name.
/// </remarks>
public sealed class SecretSealer(Credential platformKey) : ISecretSealer
{
    private static readonly int s_nonce = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int s_tag = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(platformKey.Secret), outputLength: 32, info: "outrider secrets"u8.ToArray());

    public byte[] Seal(string tenant, string name, string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        var sealedValue = new byte[s_nonce + s_tag + text.Length];
        var nonce = sealedValue.AsSpan(0, s_nonce);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, s_tag);
        aes.Encrypt(nonce, text, sealedValue.AsSpan(s_nonce + s_tag), sealedValue.AsSpan(s_nonce, s_tag), About(tenant, name));
        return sealedValue;
    }

    public string? Open(string tenant, string name, byte[] sealedValue)
    {
        if (sealedValue.Length < s_nonce + s_tag)
            return null;
        var text = new byte[sealedValue.Length - s_nonce - s_tag];
        using var aes = new AesGcm(_key, s_tag);
        try
        {
            aes.Decrypt(
                sealedValue.AsSpan(0, s_nonce), sealedValue.AsSpan(s_nonce + s_tag), sealedValue.AsSpan(s_nonce, s_tag), text, About(tenant, name));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        return Encoding.UTF8.GetString(text);
    }

    private static byte[] About(string tenant, string name) => Encoding.UTF8.GetBytes($"{tenant}\n{name}");
}
