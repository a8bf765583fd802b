using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.Tests.Pure.MySql;

/// <summary>Payloads against the bytes that the MySQL manual prints for them, or that a MariaDB 10.11 sent.</summary>
public sealed class GoldenPayloadTests
{
    [Fact]
    public void InitialHandshake_ManualsExample_Reads()
    {
        // https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html
        var payload = Convert.FromHexString(
            "0a352e352e322d6d32000b000000" + "6476486f6e4f5c4e" + "00" + "fff7" + "08" + "0200" + "0f80" + "15"
            + "00000000000000000000" + "5c6a6f3e3c7d2a5f2b5f2d26" + "00" + "6d7973716c5f6e61746976655f70617373776f726400");

        Assert.True(InitialHandshakePayload.TryRead(payload, out var greeting));

        Assert.Equal(("5.5.2-m2", 11u, (byte)8), (greeting.ServerVersion, greeting.ConnectionId, greeting.CharacterSet));
        Assert.Equal("6476486F6E4F5C4E5C6A6F3E3C7D2A5F2B5F2D26", Convert.ToHexString(greeting.Nonce));
        Assert.Equal(ServerStatus.AutoCommit, greeting.Status);
        Assert.Equal((Capabilities)0x800ff7ff, greeting.Capabilities);
        Assert.Equal(AuthenticationPlugins.NativePassword, greeting.AuthenticationPlugin);
    }

    [Fact]
    public void HandshakeResponse_Bytes_AreAsSpecified()
    {
        var response = new HandshakeResponsePayload
        {
            Capabilities = Script.ServerCapabilities,
            MaxPacketBytes = 1 << 24,
            User = "root",
            AuthenticationResponse = [1, 2, 3],
            Database = "db",
            AuthenticationPlugin = AuthenticationPlugins.NativePassword,
        };

        AssertBytes("0da22800" + "00000001" + "2d" + new string('0', 46) + "726f6f7400" + "03010203" + "646200"
            + "6d7973716c5f6e61746976655f70617373776f726400", Script.Payload(response.Write));
    }

    [Fact]
    public void TlsRequest_Bytes_AreTheHeadOfAResponse()
    {
        var request = new TlsRequestPayload { Capabilities = Capabilities.Protocol41 | Capabilities.Tls, MaxPacketBytes = 1 << 24 };

        var payload = Script.Payload(request.Write);

        AssertBytes("000a0000" + "00000001" + "2d" + new string('0', 46), payload);
        Assert.True(TlsRequestPayload.TryRead(payload, out var read));
        Assert.Equal(request, read);
    }

    [Fact]
    public void Ok_ManualsExample_ReadsAndWrites()
    {
        var payload = Convert.FromHexString("00000002000000");

        Assert.True(OkPayload.TryRead(payload, out var ok));

        Assert.Equal(new OkPayload(), ok);
        Assert.Equal(payload, Script.Payload(Script.Ok));
    }

    [Fact]
    public void Err_ManualsExample_ReadsAndWrites()
    {
        var payload = Convert.FromHexString("ff48042348593030304e6f207461626c65732075736564");

        Assert.True(ErrPayload.TryRead(payload, out var error));

        Assert.Equal(new ErrPayload(1096, "HY000", "No tables used"), error);
        Assert.Equal(payload, Script.Payload(error.Write));
    }

    [Fact]
    public void Err_BeforeTheHandshake_HasNoSqlState()
    {
        var payload = (byte[])[0xff, 0x10, 0x04, .. "Too many connections"u8];

        Assert.True(ErrPayload.TryRead(payload, out var error));

        Assert.Equal(new ErrPayload(1040, "HY000", "Too many connections"), error);
    }

    [Fact]
    public void Eof_ManualsExample_ReadsAndWrites()
    {
        var payload = Convert.FromHexString("fe00000200");

        Assert.True(EofPayload.TryRead(payload, out var eof));

        Assert.Equal(new EofPayload(0, ServerStatus.AutoCommit), eof);
        Assert.Equal(payload, Script.Payload(Script.Eof));
    }

    [Fact]
    public void ColumnDefinition_ManualsExample_Reads()
    {
        // SELECT @@version_comment
        var payload = Convert.FromHexString("03646566000000114040" + "76657273696f6e5f636f6d6d656e74" + "00" + "0c0800" + "1c000000" + "fd" + "0000" + "1f" + "0000");

        Assert.True(ColumnDefinitionPayload.TryRead(payload, out var column));

        Assert.Equal(
            new ColumnDefinitionPayload { Name = "@@version_comment", CharacterSet = 8, Length = 28, Type = ColumnType.VarString, Decimals = 31 },
            column);
        Assert.Equal(payload, Script.Payload(column.Write));
    }

    [Fact]
    public void TextRow_NullEmptyAndLongCells_HaveTheirRanges()
    {
        var payload = (byte[])[0xfb, 0x00, 0x01, (byte)'x', 0xfc, 0x03, 0x00, .. "abc"u8];
        var cells = new CellRange[4];

        Assert.True(TextRowPayload.TryRead(payload, cells));

        Assert.Equal([CellRange.Null, new(2, 0), new(3, 1), new(7, 3)], cells);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fb")]
    [InlineData("fbfbfb")]
    [InlineData("0102")]
    [InlineData("00ff")]
    [InlineData("00fefffffffffffffff7")]
    [InlineData("00feffffffffffffff7f")]
    public void TextRow_OtherThanTwoCells_IsMalformed(string payload) =>
        Assert.False(TextRowPayload.TryRead(Convert.FromHexString(payload), new CellRange[2]));

    [Theory]
    [InlineData("00")]
    [InlineData("fb")]
    [InlineData("fc0110")]
    [InlineData("0100")]
    [InlineData("feffffffffffffff7f")]
    public void ResultHeader_CountOutOfRange_IsMalformed(string payload) =>
        Assert.False(ResultHeaderPayload.TryRead(Convert.FromHexString(payload), out _));

    [Fact]
    public void AuthenticationSwitch_ShortFormForOldPasswords_IsMalformed() =>
        Assert.False(AuthenticationSwitchPayload.TryRead([0xfe], out _));

    private static void AssertBytes(string hex, byte[] actual) => Assert.Equal(hex, Convert.ToHexStringLower(actual));
}
