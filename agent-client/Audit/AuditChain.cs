using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Outrider.Agent.Audit;

/// <summary>The hash chain of the audit file: pure, bytes in and out.</summary>
public static class AuditChain
{
    /// <summary>What the first line has as its <c>prev</c>.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly byte[] s_hashMember = ",\"hash\":\""u8.ToArray();

    /// <summary>The line as it is stored, without its line feed, and its hash.</summary>
    public static (byte[] Line, string Hash) Seal(AuditLine line)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(line, AuditJson.Default.AuditLine).AsSpan()[..^1];
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        return ([.. body, .. s_hashMember, .. Encoding.ASCII.GetBytes(hash), (byte)'"', (byte)'}'], hash);
    }

    /// <summary>Reads a stored line and checks its own hash; null when it was changed or isn't one.</summary>
    public static (AuditLine Line, string Hash)? Open(ReadOnlySpan<byte> stored)
    {
        var at = stored.LastIndexOf(s_hashMember);
        if (at < 0 || stored.Length != at + s_hashMember.Length + 64 + 2)
            return null;
        var hash = Encoding.ASCII.GetString(stored.Slice(at + s_hashMember.Length, 64));
        if (hash != Convert.ToHexStringLower(SHA256.HashData(stored[..at])))
            return null;
        try
        {
            return JsonSerializer.Deserialize(stored, AuditJson.Default.AuditLine) is { } line ? (line, hash) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
