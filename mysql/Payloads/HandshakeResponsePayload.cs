using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>
/// The client's login.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_response.html
/// </summary>
public sealed record HandshakeResponsePayload
{
    /// <summary>What the client wants to use, a part of what the server offered.</summary>
    public required Capabilities Capabilities { get; init; }

    /// <summary>Largest packet the client takes, in bytes.</summary>
    public required uint MaxPacketBytes { get; init; }

    /// <summary>Collation of the connection.</summary>
    public byte CharacterSet { get; init; } = CharacterSets.Utf8Mb4;

    /// <summary>User name.</summary>
    public required string User { get; init; }

    /// <summary>The plugin's answer to the nonce.</summary>
    public required byte[] AuthenticationResponse { get; init; }

    /// <summary>Database to use, if <see cref="Capabilities.ConnectWithDatabase"/>.</summary>
    public string? Database { get; init; }

    /// <summary>Plugin that made the answer, if <see cref="Capabilities.PluginAuth"/>.</summary>
    public string? AuthenticationPlugin { get; init; }

    /// <summary>Name of the client program, sent as attribute program_name if <see cref="Capabilities.ConnectAttributes"/>. Not read back.</summary>
    public string? ProgramName { get; init; }

    /// <summary>Reads the payload; false when it is malformed or from before MySQL 4.1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out HandshakeResponsePayload value)
    {
        value = null!;
        var reader = new PayloadReader(payload);
        if (!TlsRequestPayload.TryRead(ref reader, out var head)
            || !reader.TryReadNullTerminatedText(out var user)
            || !TryReadResponse(ref reader, head.Capabilities, out var response))
            return false;
        string? database = null;
        if (head.Capabilities.HasFlag(Capabilities.ConnectWithDatabase) && !reader.TryReadNullTerminatedText(out database))
            return false;
        string? plugin = null;
        if (head.Capabilities.HasFlag(Capabilities.PluginAuth) && !reader.TryReadNullTerminatedText(out plugin))
            return false;

        value = new()
        {
            Capabilities = head.Capabilities,
            MaxPacketBytes = head.MaxPacketBytes,
            CharacterSet = head.CharacterSet,
            User = user,
            AuthenticationResponse = response.ToArray(),
            Database = string.IsNullOrEmpty(database) ? null : database,
            AuthenticationPlugin = plugin,
        };
        return true;
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer)
    {
        new TlsRequestPayload { Capabilities = Capabilities, MaxPacketBytes = MaxPacketBytes, CharacterSet = CharacterSet }.Write(writer);
        writer.WriteNullTerminatedText(User);
        if (Capabilities.HasFlag(Capabilities.PluginAuthLengthEncoded))
            writer.WriteLengthEncodedBytes(AuthenticationResponse);
        else
            writer.WriteByte(checked((byte)AuthenticationResponse.Length)).WriteBytes(AuthenticationResponse);
        if (Capabilities.HasFlag(Capabilities.ConnectWithDatabase))
            writer.WriteNullTerminatedText(Database ?? "");
        if (Capabilities.HasFlag(Capabilities.PluginAuth))
            writer.WriteNullTerminatedText(AuthenticationPlugin ?? "");
        if (Capabilities.HasFlag(Capabilities.ConnectAttributes))
            WriteAttributes(writer);
    }

    private static bool TryReadResponse(ref PayloadReader reader, Capabilities capabilities, out ReadOnlySpan<byte> response)
    {
        if (capabilities.HasFlag(Capabilities.PluginAuthLengthEncoded))
            return reader.TryReadLengthEncodedBytes(out response);
        if (!capabilities.HasFlag(Capabilities.SecureConnection))
            return reader.TryReadNullTerminated(out response);
        response = default;
        return reader.TryReadByte(out var length) && reader.TryReadBytes(length, out response);
    }

    private void WriteAttributes(PayloadWriter writer)
    {
        var attributes = new PayloadWriter();
        if (ProgramName is not null)
            attributes.WriteLengthEncodedText("program_name").WriteLengthEncodedText(ProgramName);
        writer.WriteLengthEncodedBytes(attributes.Written);
    }
}
