using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>
/// The server's first packet, version 10.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html
/// </summary>
public sealed record InitialHandshakePayload
{
    /// <summary>The only protocol version in use.</summary>
    public const byte ProtocolVersion = 10;

    /// <summary>Bytes of the nonce that authentication uses.</summary>
    public const int NonceBytes = 20;

    private const int FirstNonceBytes = 8;
    private const int MinSecondNonceBytes = 13;
    private const int ReservedBytes = 10;

    /// <summary>E.g. 8.0.33 or 5.5.5-10.11.6-MariaDB.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The number KILL takes.</summary>
    public required uint ConnectionId { get; init; }

    /// <summary>The challenge, 20 bytes.</summary>
    public required byte[] Nonce { get; init; }

    /// <summary>What the server can do.</summary>
    public required Capabilities Capabilities { get; init; }

    /// <summary>The server's default collation.</summary>
    public byte CharacterSet { get; init; } = CharacterSets.Utf8Mb4;

    /// <summary>Status flags.</summary>
    public ServerStatus Status { get; init; } = ServerStatus.AutoCommit;

    /// <summary>Name of the plugin the nonce is for.</summary>
    public required string AuthenticationPlugin { get; init; }

    /// <summary>Reads the payload; false when it is malformed, of another version, or from before MySQL 4.1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out InitialHandshakePayload value)
    {
        value = null!;
        var reader = new PayloadReader(payload);
        if (!reader.TryReadByte(out var version) || version != ProtocolVersion
            || !reader.TryReadNullTerminatedText(out var serverVersion)
            || !reader.TryReadUInt32(out var connectionId)
            || !reader.TryReadBytes(FirstNonceBytes, out var nonceStart) || !reader.TrySkip(1)
            || !reader.TryReadUInt16(out var capabilitiesLow)
            || !reader.TryReadByte(out var characterSet)
            || !reader.TryReadUInt16(out var status)
            || !reader.TryReadUInt16(out var capabilitiesHigh)
            || !reader.TryReadByte(out var nonceLength) || !reader.TrySkip(ReservedBytes))
            return false;

        var capabilities = (Capabilities)(capabilitiesLow | (uint)capabilitiesHigh << 16);
        if (!reader.TryReadBytes(Math.Max(MinSecondNonceBytes, nonceLength - FirstNonceBytes), out var nonceEnd))
            return false;
        var plugin = AuthenticationPlugins.NativePassword;
        if (capabilities.HasFlag(Capabilities.PluginAuth) && !reader.TryReadNullTerminatedText(out plugin))
            return false;

        value = new()
        {
            ServerVersion = serverVersion,
            ConnectionId = connectionId,
            Nonce = [.. nonceStart, .. nonceEnd[..(NonceBytes - FirstNonceBytes)]],
            Capabilities = capabilities,
            CharacterSet = characterSet,
            Status = (ServerStatus)status,
            AuthenticationPlugin = plugin,
        };
        return true;
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer) => writer
        .WriteByte(ProtocolVersion)
        .WriteNullTerminatedText(ServerVersion)
        .WriteUInt32(ConnectionId)
        .WriteBytes(Nonce.AsSpan(0, FirstNonceBytes)).WriteByte(0)
        .WriteUInt16((ushort)Capabilities)
        .WriteByte(CharacterSet)
        .WriteUInt16((ushort)Status)
        .WriteUInt16((ushort)((uint)Capabilities >> 16))
        .WriteByte(NonceBytes + 1)
        .WriteZeros(ReservedBytes)
        .WriteBytes(Nonce.AsSpan(FirstNonceBytes)).WriteByte(0)
        .WriteNullTerminatedText(AuthenticationPlugin);
}
