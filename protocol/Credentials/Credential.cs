using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Outrider.Protocol.Credentials;

/// <summary>
/// A credential as its owner holds it. The tenant stands in the text, so that the centre finds whom to ask; the secret proves it.
/// </summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Tenant">The tenant it belongs to; empty for <see cref="CredentialKind.Platform"/>.</param>
/// <param name="Id">Names the credential among its tenant's; empty where the kind has none.</param>
/// <param name="Secret">32 random bytes as base64url.</param>
public sealed record Credential(CredentialKind Kind, string Tenant, string Id, string Secret)
{
    /// <summary>Longer texts are refused unread.</summary>
    public const int MaxLength = 256;

    /// <summary>The user whose it is; empty where the kind has none.</summary>
    public string User { get; init; } = "";

    /// <summary>The whole text, to be shown to its owner once.</summary>
    public string Text => Kind switch
    {
        CredentialKind.ApiKey => $"ork.{Tenant}.{Id}.{Secret}",
        CredentialKind.EnrolmentToken => $"ort.{Tenant}.{Id}.{Secret}",
        CredentialKind.Agent => $"ora.{Tenant}.{Secret}",
        CredentialKind.Session => $"oru.{Tenant}.{User}.{Id}.{Secret}",
        CredentialKind.Invitation => $"oli.{Tenant}.{User}.{Secret}",
        _ => $"orp.{Secret}",
    };

    /// <summary>What the centre keeps: lower-case hexadecimal SHA-256 of the secret. Enough, because a secret has 256 random bits.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    /// <summary>Makes one of 32 random bytes.</summary>
    public static Credential Create(CredentialKind kind, string tenant, string id, ReadOnlySpan<byte> random) =>
        new(kind, tenant, id, Base64Url.EncodeToString(random));

    public static bool TryParse(string? text, [NotNullWhen(true)] out Credential? credential)
    {
        credential = null;
        if (text is null || text.Length > MaxLength)
            return false;
        credential = text.Split('.') switch
        {
            ["ork", { Length: > 0 } tenant, { Length: > 0 } id, { Length: > 0 } secret] => new(CredentialKind.ApiKey, tenant, id, secret),
            ["ort", { Length: > 0 } tenant, { Length: > 0 } id, { Length: > 0 } secret] => new(CredentialKind.EnrolmentToken, tenant, id, secret),
            ["ora", { Length: > 0 } tenant, { Length: > 0 } secret] => new(CredentialKind.Agent, tenant, "", secret),
            ["orp", { Length: > 0 } secret] => new(CredentialKind.Platform, "", "", secret),
            // A user's name may hold dots.
            ["oru", { Length: > 0 } tenant, .. { Length: > 0 } user, { Length: > 0 } id, { Length: > 0 } secret] =>
                new(CredentialKind.Session, tenant, id, secret) { User = string.Join('.', user) },
            ["oli", { Length: > 0 } tenant, .. { Length: > 0 } user, { Length: > 0 } secret] =>
                new(CredentialKind.Invitation, tenant, "", secret) { User = string.Join('.', user) },
            _ => null,
        };
        return credential is not null;
    }

    /// <summary>Compares two hashes in a time that doesn't tell where they differ.</summary>
    public static bool SameHash(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));

    /// <summary>Hides the secret.</summary>
    public override string ToString() => $"{Kind} {Tenant}.{Id}";
}
