namespace Outrider.MySql.Framing;

/// <summary>
/// The sequence id that both directions of a conversation share: it counts packets, wraps at 256 and starts at 0 with every command.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html
/// </summary>
public sealed class PacketSequence
{
    private byte _next;

    /// <summary>Takes the id of the next packet.</summary>
    public byte Take() => _next++;

    /// <summary>A new command begins.</summary>
    public void Reset() => _next = 0;
}
