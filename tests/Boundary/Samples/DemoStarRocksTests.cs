using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Server;
using Outrider.MySql.Transport;
using Outrider.Samples.DemoStarRocks;
using Outrider.Samples.DemoStarRocks.Scenarios;
using Outrider.Testing.Time;
using Outrider.Tests.Boundary.MySql;

namespace Outrider.Tests.Boundary.Samples;

public sealed class DemoStarRocksTests : IAsyncLifetime, IDisposable
{
    private static readonly DemoOptions s_options = new() { Scenario = "minimal", Port = 0, Password = "demo" };

    private readonly CancellationTokenSource _deadline = Deadline.Start();
    private MySqlServer _server = null!;
    private ClientSession _session = null!;

    public async Task InitializeAsync()
    {
        _server = DemoServer.Start(ScenarioFolder.Read(null, s_options.Scenario), s_options, TimeProvider.System);
        _session = await ClientSession.ConnectAsync(Client("demo"), _deadline.Token);
    }

    public async Task DisposeAsync()
    {
        await _session.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task QueryAsync_ShowBackends_IsTheSameBySpellingAndByProc()
    {
        var backends = Assert.Single(await _session.RowsAsync("SHOW BACKENDS"));

        Assert.Equal("10002", backends[0]);
        Assert.True(DateTime.TryParse(backends[3], out _));
        Assert.Equal("10002", Assert.Single(await _session.RowsAsync("show /* hint */\n backends ;"))[0]);
        Assert.Equal("10002", Assert.Single(await _session.RowsAsync("SHOW PROC '/backends'"))[0]);
    }

    [Fact]
    public async Task QueryAsync_ScalarsAndTables_AreEvaluated()
    {
        Assert.Equal("3.3.9-a1b2c3d", await _session.ScalarAsync("SELECT current_version()"));
        Assert.Equal("8.0.33", _session.ServerVersion);
        Assert.Equal("1", await _session.ScalarAsync("SELECT COUNT(*) FROM information_schema.partitions_meta WHERE MAX_CS IS NULL"));
        await _session.UseAsync("information_schema", _deadline.Token);
        await using var result = await _session.QueryAsync("SELECT data_size, row_count r FROM partitions_meta", _deadline.Token);
        Assert.Equal(["data_size", "r"], result.Columns.Select(column => column.Name));
        Assert.True(await result.ReadAsync(_deadline.Token));
        Assert.Equal("720000376", result.GetText(1));
        Assert.False(await result.ReadAsync(_deadline.Token));
    }

    [Theory]
    [InlineData("FOO BAR", 1064, "Unexpected input 'FOO'")]
    [InlineData("SHOW FOO", 1064, "column 5. Detail message: Unexpected input 'FOO'")]
    [InlineData("SELECT 1 FROM x.y", 5502, "Unknown table 'x.y'")]
    [InlineData("SELECT 1 FROM y", 1046, "No database selected")]
    [InlineData("SELECT z FROM information_schema.partitions_meta", 1064, "Column 'z' cannot be resolved")]
    [InlineData("SHOW WAREHOUSES", 1064, "shared_nothing")]
    public async Task QueryAsync_WhatIsNotThere_GetsStarRocksError(string sql, int code, string message)
    {
        var error = await Assert.ThrowsAsync<MySqlServerException>(() => _session.RowsAsync(sql));

        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task ConnectAsync_WrongPassword_IsDenied()
    {
        await Assert.ThrowsAsync<MySqlServerException>(() => ClientSession.ConnectAsync(Client("wrong"), _deadline.Token));
    }

    [Fact]
    public async Task Execute_CommandLineClient_PrintsBackends()
    {
        var (exitCode, output, error) = await CommandLineClient.RunAsync(
            _server.Address.Port, "root", "demo", "SHOW BACKENDS; USE information_schema; SELECT table_name FROM partitions_meta", _deadline.Token);

        Assert.True(exitCode == 0, error);
        Assert.Contains("10002\t10.0.0.11\ttrue", output);
        Assert.Contains("orders", output);
    }

    [Theory]
    [InlineData("SELECT k FROM d.t WHERE n > 9", "c,d")]
    [InlineData("SELECT k FROM d.t WHERE n IN (9, '10')", "b,c")]
    [InlineData("SELECT k FROM d.t WHERE n IS NULL", "a")]
    [InlineData("SELECT k FROM d.t WHERE n <> 10", "b,d")]
    [InlineData("SELECT k FROM d.t ORDER BY n DESC LIMIT 2", "d,c")]
    [InlineData("SELECT k FROM d.t ORDER BY g, n DESC", "c,b,a,d")]
    [InlineData("SELECT k FROM d.t WHERE k LIKE '_' AND g NOT LIKE 'y%'", "a,b,c")]
    public async Task QueryAsync_WhereAndOrder_PickAndSortRows(string sql, string expected)
    {
        var scenario = ScenarioReader.Read("""
            { "title": "t", "version": "1", "tables": { "d.t": {
              "columns": ["k", "n", "g"], "rows": [["a", null, "x"], ["b", 9, "x"], ["c", 10, "x"], ["d", 100, "y"]] } } }
            """, "test.json");
        await using var server = DemoServer.Start(scenario, s_options, TimeProvider.System);
        await using var session = await ClientSession.ConnectAsync(Client("demo") with { Port = server.Address.Port }, _deadline.Token);

        Assert.Equal(expected, string.Join(',', (await session.RowsAsync(sql)).Select(row => row[0])));
    }

    [Fact]
    public async Task QueryAsync_AnswerWithLatency_WaitsForTheClockAndForKill()
    {
        var time = new FakeTime();
        var scenario = ScenarioReader.Read("""
            { "title": "t", "version": "1", "answers": [
              { "statement": "SHOW SLOW", "columns": ["at"], "rows": [["{{now}}"]], "latency_ms": 5000 } ] }
            """, "test.json");
        await using var server = DemoServer.Start(scenario, s_options, time);
        var options = Client("demo") with { Port = server.Address.Port };
        await using var session = await ClientSession.ConnectAsync(options, _deadline.Token);
        // The server has answered, so its limit on the login no longer waits for the clock.
        await session.RowsAsync("USE d");

        var answer = session.RowsAsync("SHOW SLOW");
        await time.UntilTimersWaitAsync(1).WaitAsync(_deadline.Token);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(await answer);

        var killed = session.RowsAsync("SHOW SLOW");
        await time.UntilTimersWaitAsync(1).WaitAsync(_deadline.Token);
        await ClientSession.KillQueryAsync(options, session.ConnectionId, _deadline.Token);
        Assert.Equal(1317, (await Assert.ThrowsAsync<MySqlServerException>(() => killed)).Code);
    }

    private ClientOptions Client(string password) => new()
    {
        Host = "127.0.0.1",
        Port = _server.Address.Port,
        User = "root",
        Password = password,
        Tls = TlsMode.Preferred,
    };
}
