using System.Text;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>
/// A statement succeeded without a result, or a result has ended.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html
/// </summary>
public sealed record OkPayload
{
    /// <summary>Rows changed.</summary>
    public ulong AffectedRows { get; init; }

    /// <summary>Last AUTO_INCREMENT value given.</summary>
    public ulong LastInsertId { get; init; }

    /// <summary>Status flags.</summary>
    public ServerStatus Status { get; init; } = ServerStatus.AutoCommit;

    /// <summary>Number of warnings.</summary>
    public ushort Warnings { get; init; }

    /// <summary>Text for people.</summary>
    public string Info { get; init; } = "";

    /// <summary>Reads the payload, with the header of an OK or of a result's end; false when it is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out OkPayload value)
    {
        value = null!;
        var reader = new PayloadReader(payload);
        if (!reader.TryReadByte(out var header) || header is not (PacketHeaders.Ok or PacketHeaders.EofOrSwitch)
            || !reader.TryReadLengthEncodedInteger(out var affectedRows)
            || !reader.TryReadLengthEncodedInteger(out var lastInsertId)
            || !reader.TryReadUInt16(out var status)
            || !reader.TryReadUInt16(out var warnings))
            return false;
        value = new()
        {
            AffectedRows = affectedRows,
            LastInsertId = lastInsertId,
            Status = (ServerStatus)status,
            Warnings = warnings,
            Info = ReadInfo(reader.Rest),
        };
        return true;
    }

    /// <summary>Appends the payload. <paramref name="isResultEnd"/> gives it the header of a result's end.</summary>
    public void Write(PayloadWriter writer, bool isResultEnd = false)
    {
        writer
            .WriteByte(isResultEnd ? PacketHeaders.EofOrSwitch : PacketHeaders.Ok)
            .WriteLengthEncodedInteger(AffectedRows).WriteLengthEncodedInteger(LastInsertId)
            .WriteUInt16((ushort)Status).WriteUInt16(Warnings);
        if (Info.Length > 0)
            writer.WriteLengthEncodedText(Info);
    }

    /// <summary>The manual says string&lt;EOF&gt;; MySQL and MariaDB send string&lt;lenenc&gt; all the same, and their clients insist on it.</summary>
    private static string ReadInfo(ReadOnlySpan<byte> rest)
    {
        var reader = new PayloadReader(rest);
        return reader.TryReadLengthEncodedBytes(out var text) && reader.IsAtEnd ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(rest);
    }
}
