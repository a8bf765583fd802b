using Outrider.MySql;
using Outrider.MySql.Authentication;
using Outrider.MySql.Client;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;
using Outrider.MySql.Transport;

namespace Outrider.Tests.Pure.MySql;

/// <summary>The client against servers that misbehave in ways that a real one doesn't.</summary>
public sealed class ClientSessionTests
{
    [Fact]
    public async Task QueryAsync_ScriptedResult_ReadsIt()
    {
        await using var session = await ConnectAsync(Script.Greeted().Result(["x", null], ["", "2"]), chunk: 3);
        await using var result = await session.QueryAsync("SELECT", default);

        Assert.Equal(["a", "b"], result.Columns.Select(column => column.Name));
        Assert.True(await result.ReadAsync(default));
        Assert.Equal(("x", null), (result.GetText(0), result.GetText(1)));
        Assert.True(await result.ReadAsync(default));
        Assert.Equal(("", "2"), (result.GetText(0), result.GetText(1)));
        Assert.False(await result.ReadAsync(default));
        Assert.Equal(ClientSessionState.Ready, session.State);
    }

    [Fact]
    public async Task ConnectAsync_AuthenticationSwitch_AnswersTheNewChallenge()
    {
        byte[] nonce = [.. Enumerable.Range(50, 20).Select(n => (byte)n)];
        var stream = new ScriptedStream(new Script()
            .Packet(0, Script.Greeting(Script.ServerCapabilities, "unknown_plugin").Write)
            .Packet(2, new AuthenticationSwitchPayload(AuthenticationPlugins.CachingSha2Password, nonce).Write)
            .Packet(4, [PacketHeaders.AuthMoreData, CachingSha2Password.FastPathSucceeded])
            .Packet(5, Script.Ok).Bytes);

        await using var session = await ClientSession.ConnectAsync(stream, Script.Client, default);

        Assert.Equal(ClientSessionState.Ready, session.State);
        Assert.Equal(CachingSha2Password.Scramble("secret", nonce), stream.Heard[^32..]);
    }

    [Theory]
    [InlineData("mysql_clear_password", "clear text")]
    [InlineData("mysql_old_password", "isn't supported")]
    public async Task ConnectAsync_SwitchToAPluginThatIsRefused_SendsNoPassword(string plugin, string message)
    {
        var stream = new ScriptedStream(new Script()
            .Packet(0, Script.Greeting(Script.ServerCapabilities).Write)
            .Packet(2, new AuthenticationSwitchPayload(plugin, new byte[20]).Write).Bytes);

        var error = await Assert.ThrowsAnyAsync<MySqlException>(
            () => ClientSession.ConnectAsync(stream, Script.Client with { AllowClearPassword = true }, default));

        Assert.Contains(message, error.Message);
        Assert.Equal(-1, stream.Heard.AsSpan().IndexOf("secret"u8));
    }

    [Fact]
    public async Task ConnectAsync_EndlessSwitching_Ends()
    {
        var script = new Script().Packet(0, Script.Greeting(Script.ServerCapabilities).Write);
        for (var i = 0; i < 50; i++)
            script.Packet((byte)(2 + 2 * i), new AuthenticationSwitchPayload(AuthenticationPlugins.NativePassword, new byte[20]).Write);

        var error = await Assert.ThrowsAsync<MySqlProtocolException>(() => ConnectAsync(script));

        Assert.Contains("8 turns", error.Message);
    }

    [Fact]
    public async Task ConnectAsync_BytesBehindTheGreetingBeforeTls_AreRefused()
    {
        var script = new Script().Packet(0, Script.Greeting(Script.ServerCapabilities | Capabilities.Tls).Write).Packet(2, Script.Ok);

        var error = await Assert.ThrowsAsync<MySqlProtocolException>(() => ClientSession.ConnectAsync(
            new ScriptedStream(script.Bytes), Script.Client with { Tls = TlsMode.Required }, default));

        Assert.Contains("before TLS", error.Message);
    }

    [Fact]
    public async Task ConnectAsync_ErrorInsteadOfAGreeting_IsTheServersError()
    {
        var script = new Script().Packet(0, [0xff, 0x10, 0x04, .. "Too many connections"u8]);

        var error = await Assert.ThrowsAsync<MySqlServerException>(() => ConnectAsync(script));

        Assert.Equal(1040, error.Code);
    }

    [Fact]
    public async Task ConnectAsync_NotAMySqlServer_IsAProtocolError() => await Assert.ThrowsAnyAsync<MySqlException>(
        () => ClientSession.ConnectAsync(new ScriptedStream("SSH-2.0-OpenSSH_9.2p1\r\n"u8.ToArray()), Script.Client, default));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task QueryAsync_ServerAsksForAFile_GetsAnEmptyPacket(bool endsWithError)
    {
        var script = Script.Greeted().Packet(1, [PacketHeaders.NullOrLocalInfile, .. "/etc/passwd"u8]);
        script.Packet(3, endsWithError ? new ErrPayload(1148, "42000", "no").Write : Script.Ok);
        var stream = new ScriptedStream(script.Bytes);
        await using var session = await ClientSession.ConnectAsync(stream, Script.Client, default);

        var error = await Assert.ThrowsAnyAsync<MySqlException>(() => session.QueryAsync("SELECT 1", default));

        Assert.Equal([0, 0, 0, 2], stream.Heard[^4..]);
        Assert.Equal(endsWithError ? typeof(MySqlServerException) : typeof(MySqlProtocolException), error.GetType());
        Assert.Equal(endsWithError ? ClientSessionState.Ready : ClientSessionState.Broken, session.State);
    }

    [Fact]
    public async Task QueryAsync_SeveralResultsAnnounced_IsAProtocolError()
    {
        var ok = new OkPayload { Status = ServerStatus.MoreResultsExist };
        await using var session = await ConnectAsync(Script.Greeted().Packet(1, writer => ok.Write(writer)));

        await Assert.ThrowsAsync<MySqlProtocolException>(() => session.QueryAsync("SELECT 1", default));

        Assert.Equal(ClientSessionState.Broken, session.State);
    }

    [Fact]
    public async Task QueryAsync_HugeColumnCount_AllocatesNothingForIt()
    {
        await using var session = await ConnectAsync(Script.Greeted().Packet(1, writer => writer.WriteLengthEncodedInteger(int.MaxValue)));

        var error = await Assert.ThrowsAsync<MySqlProtocolException>(() => session.QueryAsync("SELECT 1", default));

        Assert.Contains("4096", error.Message);
    }

    [Fact]
    public async Task ReadAsync_ErrorInTheMiddleOfARow_EndsTheResultOnly()
    {
        var script = Script.Greeted()
            .Packet(1, new ResultHeaderPayload(1).Write)
            .Packet(2, new ColumnDefinitionPayload { Name = "a" }.Write)
            .Packet(3, Script.Eof)
            .Packet(4, writer => TextRowPayload.Write(writer, ["1"]))
            .Packet(5, new ErrPayload(1317, "70100", "interrupted").Write)
            .Packet(1, Script.Ok);
        await using var session = await ConnectAsync(script);
        await using var result = await session.QueryAsync("SELECT", default);
        Assert.True(await result.ReadAsync(default));

        await Assert.ThrowsAsync<MySqlServerException>(() => result.ReadAsync(default).AsTask());

        await session.PingAsync(default);
        Assert.False(await result.ReadAsync(default));
    }

    private static Task<ClientSession> ConnectAsync(Script script, int chunk = int.MaxValue) =>
        ClientSession.ConnectAsync(new ScriptedStream(script.Bytes, chunk), Script.Client, default);
}
