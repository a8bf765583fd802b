using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>
/// The end of columns or rows, for peers without <see cref="Capabilities.DeprecateEof"/>.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_eof_packet.html
/// </summary>
/// <param name="Warnings">Number of warnings.</param>
/// <param name="Status">Status flags.</param>
public sealed record EofPayload(ushort Warnings, ServerStatus Status)
{
    /// <summary>A payload as long as this or longer that starts with 0xfe is a row.</summary>
    public const int MaxBytes = 9;

    /// <summary>Reads the payload; false when it is something else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out EofPayload value)
    {
        value = null!;
        var reader = new PayloadReader(payload);
        if (payload.Length >= MaxBytes
            || !reader.TryReadByte(out var header) || header != PacketHeaders.EofOrSwitch
            || !reader.TryReadUInt16(out var warnings)
            || !reader.TryReadUInt16(out var status))
            return false;
        value = new(warnings, (ServerStatus)status);
        return true;
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer) =>
        writer.WriteByte(PacketHeaders.EofOrSwitch).WriteUInt16(Warnings).WriteUInt16((ushort)Status);
}
