namespace Outrider.MySql.Framing;

/// <summary>
/// Layout of a packet: payload length (3 bytes, little endian), sequence id (1 byte), payload. A payload of 16 MB - 1 bytes or more is split;
/// a shorter, perhaps empty, packet ends it. https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html
/// </summary>
public static class PacketFrame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 4;

    /// <summary>Largest payload of one packet; a full one says that another follows.</summary>
    public const int MaxPayloadBytes = 0xff_ff_ff;
}
