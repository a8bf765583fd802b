using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>
/// The client's wish for TLS: the head of a handshake response, which follows in full once TLS is on.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_ssl_request.html
/// </summary>
public sealed record TlsRequestPayload
{
    private const int FillerBytes = 23;

    /// <summary>What the client wants to use.</summary>
    public required Capabilities Capabilities { get; init; }

    /// <summary>Largest packet the client takes, in bytes.</summary>
    public required uint MaxPacketBytes { get; init; }

    /// <summary>Collation of the connection.</summary>
    public byte CharacterSet { get; init; } = CharacterSets.Utf8Mb4;

    /// <summary>Reads the head of a handshake response, which may go on.</summary>
    internal static bool TryRead(ref PayloadReader reader, out TlsRequestPayload value)
    {
        value = null!;
        if (!reader.TryReadUInt32(out var capabilities) || !((Capabilities)capabilities).HasFlag(Capabilities.Protocol41)
            || !reader.TryReadUInt32(out var maxPacketBytes)
            || !reader.TryReadByte(out var characterSet) || !reader.TrySkip(FillerBytes))
            return false;
        value = new() { Capabilities = (Capabilities)capabilities, MaxPacketBytes = maxPacketBytes, CharacterSet = characterSet };
        return true;
    }

    /// <summary>Reads the payload; false when it is malformed or doesn't ask for TLS.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out TlsRequestPayload value)
    {
        var reader = new PayloadReader(payload);
        return TryRead(ref reader, out value) && reader.IsAtEnd && value.Capabilities.HasFlag(Capabilities.Tls);
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer) => writer
        .WriteUInt32((uint)Capabilities).WriteUInt32(MaxPacketBytes).WriteByte(CharacterSet).WriteZeros(FillerBytes);
}
