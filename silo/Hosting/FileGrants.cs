using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Outrider.Grains.Files;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Silo.Hosting;

/// <inheritdoc cref="IFileGrants"/>
/// <remarks>
/// <c>SECONDS~TENANT~AGENT~MAC</c>: when it is over (since 1970-01-01 UTC), whose file it is, the agent or nothing, and HMAC-SHA-256 in
/// base64url of all that and of the file's id, under a key that is derived from the platform key. None of its parts can hold a <c>~</c>.
/// </remarks>
public sealed class FileGrants(Credential platformKey, TimeProvider time) : IFileGrants
{
    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(platformKey.Secret), outputLength: 32, info: "outrider files"u8.ToArray());

    public string Issue(FileGrant grant) => $"{Text(grant)}~{Sign(grant)}";

    public Outcome<FileGrant> Verify(string file, string text)
    {
        if (text.Split('~') is not [var seconds, var tenant, var agent, var mac]
            || !Names.IsTenant(tenant) || (agent.Length > 0 && !Names.IsAgent(agent))
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var end) || end > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return Refused;
        }
        var grant = new FileGrant(tenant, agent.Length > 0 ? agent : null, file, DateTimeOffset.FromUnixTimeSeconds(end));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(grant)), Encoding.UTF8.GetBytes(mac)))
            return Refused;
        return grant.ExpiresAt > time.GetUtcNow() ? grant : new Problem(ProblemCodes.Forbidden, "This link is over. Ask for a new one.");
    }

    private static Problem Refused => new(ProblemCodes.Forbidden, "This link was changed, or belongs to another file. Ask for a new one.");

    private static string Text(FileGrant grant) =>
        string.Create(CultureInfo.InvariantCulture, $"{grant.ExpiresAt.ToUnixTimeSeconds()}~{grant.Tenant}~{grant.Agent}");

    private string Sign(FileGrant grant) =>
        System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{Text(grant)}~{grant.File}")));
}
