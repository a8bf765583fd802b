using System.Text;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>A statement or a login failed. https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html</summary>
/// <param name="Code">Error number.</param>
/// <param name="SqlState">Five ASCII characters.</param>
/// <param name="Message">Text for people.</param>
public sealed record ErrPayload(int Code, string SqlState, string Message)
{
    /// <summary>SQLSTATE of an error without one.</summary>
    public const string GeneralSqlState = "HY000";

    private const int SqlStateBytes = 5;

    /// <summary>Reads the payload; false when it is malformed. Errors before the handshake come without SQLSTATE.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ErrPayload value)
    {
        value = null!;
        var reader = new PayloadReader(payload);
        if (!reader.TryReadByte(out var header) || header != PacketHeaders.Err || !reader.TryReadUInt16(out var code))
            return false;
        var sqlState = GeneralSqlState;
        if (reader.Rest is [(byte)'#', ..])
        {
            if (!reader.TrySkip(1) || !reader.TryReadBytes(SqlStateBytes, out var state))
                return false;
            sqlState = Encoding.ASCII.GetString(state);
        }
        value = new(code, sqlState, Encoding.UTF8.GetString(reader.Rest));
        return true;
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer) =>
        writer.WriteByte(PacketHeaders.Err).WriteUInt16((ushort)Code).WriteText("#").WriteText(SqlState).WriteText(Message);

    /// <summary>The error as an exception.</summary>
    public MySqlServerException ToException() => new(Code, SqlState, Message);
}
