using Outrider.MySql.Client;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;
using Outrider.MySql.Transport;

namespace Outrider.Tests.Pure.MySql;

/// <summary>Composes what one side of a conversation says, packet by packet.</summary>
internal sealed class Script
{
    public const Capabilities ServerCapabilities =
        Capabilities.LongPassword | Capabilities.LongFlag | Capabilities.Protocol41 | Capabilities.Transactions
        | Capabilities.SecureConnection | Capabilities.PluginAuth | Capabilities.PluginAuthLengthEncoded | Capabilities.ConnectWithDatabase;

    private readonly List<byte> _bytes = [];

    public static ClientOptions Client { get; } =
        new() { Host = "peer", User = "admin", Password = "secret", Tls = TlsMode.Disabled, MaxPacketBytes = 64 * 1024 };

    public byte[] Bytes => [.. _bytes];

    public static byte[] Payload(Action<PayloadWriter> write)
    {
        var writer = new PayloadWriter();
        write(writer);
        return writer.Written.ToArray();
    }

    public static Script Greeted(Capabilities capabilities = ServerCapabilities, string plugin = AuthenticationPlugins.NativePassword) =>
        new Script().Packet(0, Greeting(capabilities, plugin).Write).Packet(2, Ok);

    public static InitialHandshakePayload Greeting(Capabilities capabilities, string plugin = AuthenticationPlugins.NativePassword) => new()
    {
        ServerVersion = "8.0.33",
        ConnectionId = 7,
        Nonce = [.. Enumerable.Range(1, InitialHandshakePayload.NonceBytes).Select(n => (byte)n)],
        Capabilities = capabilities,
        AuthenticationPlugin = plugin,
    };

    public static void Ok(PayloadWriter writer) => new OkPayload().Write(writer);

    public static void Eof(PayloadWriter writer) => new EofPayload(0, ServerStatus.AutoCommit).Write(writer);

    public Script Packet(byte sequence, Action<PayloadWriter> write) => Packet(sequence, Payload(write));

    public Script Packet(byte sequence, ReadOnlySpan<byte> payload)
    {
        _bytes.AddRange([(byte)payload.Length, (byte)(payload.Length >> 8), (byte)(payload.Length >> 16), sequence, .. payload]);
        return this;
    }

    /// <summary>A result of two columns, with EOF packets, as answer to a command.</summary>
    public Script Result(params IReadOnlyList<string?>[] rows)
    {
        Packet(1, new ResultHeaderPayload(2).Write);
        Packet(2, new ColumnDefinitionPayload { Name = "a", Table = "t" }.Write);
        Packet(3, new ColumnDefinitionPayload { Name = "b", Type = ColumnType.LongLong }.Write);
        Packet(4, Eof);
        byte sequence = 5;
        foreach (var row in rows)
            Packet(sequence++, writer => TextRowPayload.Write(writer, row));
        return Packet(sequence, Eof);
    }
}
