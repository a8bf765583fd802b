using System.Text;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>
/// The server asks for another authentication plugin.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_auth_switch_request.html
/// </summary>
/// <param name="Plugin">Name of the plugin.</param>
/// <param name="Nonce">The plugin's challenge, without the closing NUL.</param>
public sealed record AuthenticationSwitchPayload(string Plugin, byte[] Nonce)
{
    /// <summary>Reads the payload; false when it is malformed or the short form for old passwords.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out AuthenticationSwitchPayload value)
    {
        value = null!;
        var reader = new PayloadReader(payload);
        if (!reader.TryReadByte(out var header) || header != PacketHeaders.EofOrSwitch || !reader.TryReadNullTerminated(out var plugin))
            return false;
        var nonce = reader.Rest;
        if (nonce is [.., 0])
            nonce = nonce[..^1];
        value = new(Encoding.UTF8.GetString(plugin), nonce.ToArray());
        return true;
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer) =>
        writer.WriteByte(PacketHeaders.EofOrSwitch).WriteNullTerminatedText(Plugin).WriteBytes(Nonce).WriteByte(0);
}
