using Outrider.Protocol.Credentials;

namespace Outrider.Api.Auth;

/// <summary>What the centre knows of its platform key.</summary>
/// <param name="Hash">As <see cref="Credential.Hash"/>.</param>
public sealed record PlatformKey(string Hash)
{
    /// <summary>Its name in audit and limits.</summary>
    public const string CredentialId = "platform";

    public bool Is(Credential credential) => Credential.SameHash(Hash, credential.Hash);
}
