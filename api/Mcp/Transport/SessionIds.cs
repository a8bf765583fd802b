using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Outrider.Api.Auth;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Mcp.Transport;

/// <summary>
/// Session ids that any node can read: what must be known of a session stands in its id, under a seal that only nodes with the same
/// platform key can make, and that holds for one owner only. An id is no credential: its owner's key is needed too.
/// </summary>
/// <remarks>Base64url of kind (1 byte), issue time (Unix seconds, 8), nonce (16), content (UTF-8) and seal (HMAC-SHA256, 32).</remarks>
internal sealed class SessionIds(PlatformKey platformKey, IOptions<McpOptions> options, TimeProvider time)
{
    /// <summary>Longer ids are refused unread.</summary>
    public const int MaxLength = 1024;

    private const int IssuedAt = 1;
    private const int NonceAt = IssuedAt + sizeof(long);
    private const int ContentAt = NonceAt + 16;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(platformKey.Hash), HMACSHA256.HashSizeInBytes, info: "outrider mcp session id"u8.ToArray());

    public string Issue(SessionKind kind, Caller owner, string content)
    {
        var id = new byte[ContentAt + Encoding.UTF8.GetByteCount(content) + HMACSHA256.HashSizeInBytes];
        var statement = id.AsSpan(..^HMACSHA256.HashSizeInBytes);
        statement[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(statement[IssuedAt..], time.GetUtcNow().ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(statement[NonceAt..ContentAt]);
        Encoding.UTF8.GetBytes(content, statement[ContentAt..]);
        Seal(owner, statement).CopyTo(id.AsSpan(statement.Length));
        return Base64Url.EncodeToString(id);
    }

    /// <summary>The content of the caller's id; null when it is not one of ours, somebody else's, of another kind, or too old.</summary>
    public string? Read(SessionKind kind, string id, Caller caller)
    {
        if (id.Length > MaxLength)
            return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(id.Length)];
        if (Base64Url.DecodeFromChars(id, bytes, out _, out var length) is not OperationStatus.Done
            || length < ContentAt + HMACSHA256.HashSizeInBytes
            || Base64Url.EncodeToString(bytes.AsSpan(..length)) != id) // One session has one id, which is a key elsewhere.
        {
            return null;
        }
        var statement = bytes.AsSpan(..(length - HMACSHA256.HashSizeInBytes));
        var seal = bytes.AsSpan(statement.Length, HMACSHA256.HashSizeInBytes);
        if (!CryptographicOperations.FixedTimeEquals(seal, Seal(caller, statement)) || statement[0] != (byte)kind)
            return null;
        var age = time.GetUtcNow().ToUnixTimeSeconds() - BinaryPrimitives.ReadInt64BigEndian(statement[IssuedAt..]);
        // A stream's id lives as long as the stream.
        return kind is SessionKind.Stream || age < options.Value.SessionLifetime.TotalSeconds ? Encoding.UTF8.GetString(statement[ContentAt..]) : null;
    }

    private byte[] Seal(Caller owner, ReadOnlySpan<byte> statement) =>
        HMACSHA256.HashData(_key, (byte[])[.. Encoding.UTF8.GetBytes($"{owner.Tenant}\n{owner.CredentialId}\n"), .. statement]);
}
