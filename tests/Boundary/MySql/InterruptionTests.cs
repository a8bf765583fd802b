using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.Testing.MariaDb;
using Outrider.Testing.MySql;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.MySql;

[Collection(MariaDbGroup.Name)]
public sealed class InterruptionTests(MariaDbFixture mariaDb) : IDisposable
{
    private const string LongQuery = "SELECT SLEEP(30)";

    private readonly CancellationTokenSource _deadline = Deadline.Start();

    private MariaDbServer Server => mariaDb.Server;

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task QueryAsync_Canceled_BreaksTheSessionAndKillQueryEndsTheStatement()
    {
        await using var observer = await ClientSession.ConnectAsync(Server.Root, _deadline.Token);
        await using var session = await ClientSession.ConnectAsync(Server.Root, _deadline.Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token);
        var query = session.QueryAsync(LongQuery, cancel.Token);
        await WaitForProcessAsync(observer, session.ConnectionId, isRunning: true);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);

        Assert.Equal(ClientSessionState.Broken, session.State);
        await ClientSession.KillQueryAsync(Server.Root, session.ConnectionId, _deadline.Token);
        await WaitForProcessAsync(observer, session.ConnectionId, isRunning: false);
    }

    [Fact]
    public async Task KillQueryAsync_WaitingSession_GetsTheServersErrorAndStaysReady()
    {
        await using var observer = await ClientSession.ConnectAsync(Server.Root, _deadline.Token);
        await using var session = await ClientSession.ConnectAsync(Server.Root, _deadline.Token);
        var query = session.RowsAsync("SELECT SLEEP(30), COUNT(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b");
        await WaitForProcessAsync(observer, session.ConnectionId, isRunning: true);

        await ClientSession.KillQueryAsync(Server.Root, session.ConnectionId, _deadline.Token);

        var error = await Assert.ThrowsAsync<MySqlServerException>(() => query);
        Assert.Equal((1317, "70100"), (error.Code, error.SqlState));
        Assert.Equal("1", await session.ScalarAsync("SELECT 1"));
    }

    [Fact]
    public async Task KillQueryAsync_UnknownId_GivesTheServersError()
    {
        var error = await Assert.ThrowsAsync<MySqlServerException>(
            () => ClientSession.KillQueryAsync(Server.Root, 4_000_000_000, _deadline.Token));

        Assert.Equal(1094, error.Code);
    }

    [Fact]
    public async Task ReadAsync_ConnectionCutInTheMiddleOfARow_BreaksTheSession()
    {
        await using var proxy = FaultyProxy.Start(Server.Port, FaultyProxy.Fault.Cut);
        await using var session = await ClientSession.ConnectAsync(Server.Root with { Port = proxy.Port }, _deadline.Token);
        proxy.Arm(50_050);

        await Assert.ThrowsAsync<MySqlConnectionException>(() => session.RowsAsync("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_1000"));

        Assert.Equal(ClientSessionState.Broken, session.State);
    }

    [Fact]
    public async Task ReadAsync_ServerStalls_EndsByTheCallersToken()
    {
        await using var proxy = FaultyProxy.Start(Server.Port, FaultyProxy.Fault.Stall);
        await using var session = await ClientSession.ConnectAsync(Server.Root with { Port = proxy.Port }, _deadline.Token);
        proxy.Arm(50_050);
        await using var result = await session.QueryAsync("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_1000", _deadline.Token);
        using var cancel = new CancellationTokenSource();
        var read = ReadAllAsync(result, cancel.Token);
        await proxy.Faulted.WaitAsync(_deadline.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Equal(ClientSessionState.Broken, session.State);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.PingAsync(_deadline.Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100)]
    public async Task ConnectAsync_ServerStallsDuringTheLogin_EndsByTheConnectTimeout(int bytes)
    {
        await using var proxy = FaultyProxy.Start(Server.Port, FaultyProxy.Fault.Stall, bytes);
        var time = new FakeTime();
        var connect = ClientSession.ConnectAsync(Server.Root with { Port = proxy.Port }, time, _deadline.Token);
        await proxy.Faulted.WaitAsync(_deadline.Token);

        time.Advance(Server.Root.ConnectTimeout);

        var error = await Assert.ThrowsAsync<MySqlConnectionException>(() => connect);
        Assert.Contains("connect timeout of 10 s", error.Message);
    }

    [Fact]
    public async Task QueryAsync_TokenFiredBefore_LeavesTheSessionReady()
    {
        await using var session = await ClientSession.ConnectAsync(Server.Root, _deadline.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.QueryAsync("SELECT 1", new(canceled: true)));

        Assert.Equal("1", await session.ScalarAsync("SELECT 1"));
    }

    [Fact]
    public async Task QueryAsync_ServerKilledTheConnection_BreaksTheSession()
    {
        await using var session = await ClientSession.ConnectAsync(Server.Root, _deadline.Token);
        await using (var other = await ClientSession.ConnectAsync(Server.Root, _deadline.Token))
            await other.RowsAsync($"KILL CONNECTION {session.ConnectionId}");

        await Assert.ThrowsAnyAsync<MySqlException>(() => session.RowsAsync("SELECT 1"));

        Assert.Equal(ClientSessionState.Broken, session.State);
    }

    private static async Task ReadAllAsync(QueryResult result, CancellationToken cancellationToken)
    {
        while (await result.ReadAsync(cancellationToken))
        {
        }
    }

    private async Task WaitForProcessAsync(ClientSession observer, uint connectionId, bool isRunning)
    {
        while (true)
        {
            _deadline.Token.ThrowIfCancellationRequested();
            var process = await observer.ScalarAsync(
                $"SELECT COUNT(*) FROM information_schema.processlist WHERE id = {connectionId} AND info LIKE 'SELECT SLEEP%'");
            if (process == "1" == isRunning)
                return;
        }
    }
}
