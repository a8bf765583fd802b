using System.Text;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>A command and its text. https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query.html</summary>
/// <param name="Code">What to do; may be a value this library doesn't name.</param>
/// <param name="Text">Statement, database, or empty.</param>
public sealed record CommandPayload(CommandCode Code, string Text = "")
{
    /// <summary>Reads the payload; false when it is empty.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out CommandPayload value)
    {
        value = null!;
        if (payload.IsEmpty)
            return false;
        value = new((CommandCode)payload[0], Encoding.UTF8.GetString(payload[1..]));
        return true;
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer) => writer.WriteByte((byte)Code).WriteText(Text);
}
