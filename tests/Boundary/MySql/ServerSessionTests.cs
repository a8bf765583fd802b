using System.Net;
using System.Net.Sockets;
using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Protocol;
using Outrider.MySql.Server;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.MySql;

public sealed class ServerSessionTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = Deadline.Start();

    public void Dispose() => _deadline.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task QueryAsync_EveryReply_ArrivesWithAndWithoutEof(bool deprecatesEof)
    {
        await using var server = EchoServer.Start(o => Native(o) with { OffersDeprecateEof = deprecatesEof });
        await using var session = await ClientSession.ConnectAsync(server.Client with { Database = "shop" }, _deadline.Token);
        Assert.Equal(deprecatesEof, session.Capabilities.HasFlag(Capabilities.DeprecateEof));

        Assert.Equal<IEnumerable<string?>>(["ECHO 'é'", "admin", "shop", "0"], Assert.Single(await session.RowsAsync("ECHO 'é'")));
        await session.UseAsync("other", _deadline.Token);
        await session.PingAsync(_deadline.Token);
        await session.ResetAsync(_deadline.Token);
        Assert.Equal("other", Assert.Single(await session.RowsAsync("ECHO"))[2]);
        Assert.Empty(await session.RowsAsync("NONE"));
        var error = await Assert.ThrowsAsync<MySqlServerException>(() => session.RowsAsync("FAIL"));
        Assert.Equal((1064, "42000", "No."), (error.Code, error.SqlState, error.Message));
        var many = await session.RowsAsync("MANY");
        Assert.Equal(100_000, many.Count);
        Assert.Equal<IEnumerable<string?>>(["99999", "磁盘"], many[99_998]);
        Assert.Null(many[99_999][1]);
        await using var change = await session.QueryAsync("CHANGE", _deadline.Token);
        Assert.Equal((3ul, 70_000ul, (ushort)2, "changed"),
            (change.Completion!.AffectedRows, change.Completion.LastInsertId, change.Completion.Warnings, change.Completion.Info));
    }

    [Theory]
    [InlineData("WAIT")]
    [InlineData("ROWS THEN WAIT")]
    public async Task KillQuery_RunningStatement_IsInterruptedAndTheSessionStaysReady(string sql)
    {
        await using var server = EchoServer.Start(Native);
        await using var session = await ClientSession.ConnectAsync(server.Client, _deadline.Token);
        var query = session.RowsAsync(sql);
        await server.Handler.Waiting.WaitAsync(_deadline.Token);

        await ClientSession.KillQueryAsync(server.Client, session.ConnectionId, _deadline.Token);

        var error = await Assert.ThrowsAsync<MySqlServerException>(() => query);
        Assert.Equal((1317, "70100"), (error.Code, error.SqlState));
        Assert.Single(await session.RowsAsync("ECHO"));
    }

    [Fact]
    public async Task ReadAsync_RowsBeforeAWait_AreThereAtOnce()
    {
        await using var server = EchoServer.Start(Native);
        await using var session = await ClientSession.ConnectAsync(server.Client, _deadline.Token);
        await using var result = await session.QueryAsync("ROWS THEN WAIT", _deadline.Token);

        Assert.True(await result.ReadAsync(_deadline.Token));
        Assert.True(await result.ReadAsync(_deadline.Token));

        Assert.Equal("2", result.GetText(0));
    }

    [Fact]
    public async Task Kill_SomebodyElsesSession_IsRefused()
    {
        await using var server = EchoServer.Start(Native);
        await using var session = await ClientSession.ConnectAsync(server.Client, _deadline.Token);

        var notOwner = await Assert.ThrowsAsync<MySqlServerException>(
            () => ClientSession.KillQueryAsync(server.Client with { User = "other" }, session.ConnectionId, _deadline.Token));
        var unknown = await Assert.ThrowsAsync<MySqlServerException>(
            () => ClientSession.KillQueryAsync(server.Client, 999, _deadline.Token));

        Assert.Equal((1095, 1094), (notOwner.Code, unknown.Code));
    }

    [Fact]
    public async Task KillConnection_WaitingSession_IsClosed()
    {
        await using var server = EchoServer.Start(Native);
        await using var session = await ClientSession.ConnectAsync(server.Client, _deadline.Token);
        var query = session.RowsAsync("WAIT");
        await server.Handler.Waiting.WaitAsync(_deadline.Token);

        await using var other = await ClientSession.ConnectAsync(server.Client, _deadline.Token);
        await other.RowsAsync($"KILL {session.ConnectionId}");

        await Assert.ThrowsAsync<MySqlConnectionException>(() => query);
    }

    [Fact]
    public async Task ConnectAsync_TooManySessions_IsTurnedAway()
    {
        await using var server = EchoServer.Start(o => Native(o) with { MaxSessions = 1 });
        await using var first = await ClientSession.ConnectAsync(server.Client, _deadline.Token);

        var error = await Assert.ThrowsAsync<MySqlServerException>(() => ClientSession.ConnectAsync(server.Client, _deadline.Token));

        Assert.Equal(1040, error.Code);
    }

    [Fact]
    public async Task QueryAsync_StatementBeyondTheCap_ClosesTheConnection()
    {
        await using var server = EchoServer.Start(o => Native(o) with { MaxPacketBytes = 1000 });
        await using var session = await ClientSession.ConnectAsync(server.Client, _deadline.Token);
        var failed = new TaskCompletionSource<Exception>();
        server.Server.SessionFailed = (_, e) => failed.TrySetResult(e);

        await Assert.ThrowsAsync<MySqlConnectionException>(() => session.RowsAsync(new string('x', 1000)));

        Assert.IsType<MySqlPacketTooLargeException>(await failed.Task.WaitAsync(_deadline.Token));
    }

    [Fact]
    public async Task RunAsync_ClientNeverLogsIn_EndsByTheHandshakeTimeout()
    {
        var time = new FakeTime();
        await using var server = EchoServer.Start(Native, time);
        var failed = new TaskCompletionSource<Exception>();
        server.Server.SessionFailed = (_, e) => failed.TrySetResult(e);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Server.Address.Port, _deadline.Token);
        // The greeting's first byte says that the session runs.
        await client.GetStream().ReadExactlyAsync(new byte[1], _deadline.Token);

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("didn't log in", (await failed.Task.WaitAsync(_deadline.Token)).Message);
    }

    [Fact]
    public async Task DisposeAsync_WaitingStatement_EndsIt()
    {
        var server = EchoServer.Start(Native);
        await using var session = await ClientSession.ConnectAsync(server.Client, _deadline.Token);
        var query = session.RowsAsync("WAIT");
        await server.Handler.Waiting.WaitAsync(_deadline.Token);

        await server.DisposeAsync();

        await Assert.ThrowsAsync<MySqlConnectionException>(() => query);
        Assert.Equal(0, server.Server.Sessions.Count);
    }

    private static ServerOptions Native(ServerOptions options) => options with { AuthenticationPlugin = AuthenticationPlugins.NativePassword };
}
