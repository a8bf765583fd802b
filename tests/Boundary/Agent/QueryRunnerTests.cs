using System.Buffers;
using Outrider.Agent.Executors;
using Outrider.Agent.Sql;
using Outrider.MySql.Client;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Tasks;
using Outrider.Tests.Boundary.MySql;

namespace Outrider.Tests.Boundary.Agent;

[Collection(MariaDbGroup.Name)]
public sealed class QueryRunnerTests : IAsyncLifetime
{
    private readonly SessionPool _pool;
    private readonly QueryRunner _runner;
    private readonly MariaDbFixture _maria;
    private readonly Collector _sink = new();

    public QueryRunnerTests(MariaDbFixture maria)
    {
        _maria = maria;
        _pool = new SessionPool(maria.Server.Root, 2, TimeProvider.System);
        _runner = new QueryRunner(_pool, TimeProvider.System);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _pool.DisposeAsync();

    [Fact]
    public async Task Run_ColumnsOfEachKind_KeepsEveryDigit()
    {
        var outcome = await RunAsync("SELECT 1 a, 9223372036854775807 b, 18446744073709551615 c, 1.10 d, NULL e, '中文' f, 1.5e0 g, DATE '2026-01-10' h");

        Assert.Null(outcome.Problem);
        var table = _sink.Table();
        Assert.Equal(
            new List<string?> { "1", "9223372036854775807", "18446744073709551615", "1.10", null, "中文", "1.5", "2026-01-10" },
            table.Rows.Single());
        Assert.Equal(
            [ColumnKind.Int32, ColumnKind.Int64, ColumnKind.Int64, ColumnKind.Decimal, ColumnKind.Double, ColumnKind.Date],
            new[] { 0, 1, 2, 3, 6, 7 }.Select(i => table.Columns[i].Kind));
    }

    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(10, 9, "rows")]
    public async Task Run_RowLimit_CutsOnlyWhatIsOverIt(int rows, int limit, string? truncated)
    {
        var outcome = await RunAsync($"SELECT seq FROM test.seq_1_to_{rows}", new SqlLimits { MaxRows = limit });

        Assert.Equal((Math.Min(rows, limit), truncated), (outcome.Rows, outcome.Truncated));
        Assert.Equal(outcome.Rows, _sink.Table().Rows.Count);
    }

    [Fact]
    public async Task Run_ByteLimit_CutsBeforeTheRowThatWouldPassIt()
    {
        var outcome = await RunAsync("SELECT REPEAT('x', 1000) FROM test.seq_1_to_100000", new SqlLimits { MaxBytes = 100_000 });

        Assert.Equal("bytes", outcome.Truncated);
        Assert.InRange(_sink.Bytes, 99_000, 100_000);
        Assert.Equal(outcome.Rows, _sink.Table().Rows.Count);
    }

    [Fact]
    public async Task Run_CutResult_LeavesThePoolUsable()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal("rows", (await RunAsync("SELECT seq FROM test.seq_1_to_10000000", new SqlLimits { MaxRows = 3 })).Truncated);

        Assert.Null((await RunAsync("SELECT 1")).Problem);
    }

    [Fact]
    public async Task Run_OverTime_IsKilledOnTheServer()
    {
        var outcome = await RunAsync("SELECT SLEEP(120)", new SqlLimits { TimeoutMs = 200 });

        Assert.Equal(ProblemCodes.TimedOut, outcome.Problem?.Code);
        Assert.Equal(0, await RunningAsync("SELECT SLEEP(120)"));
    }

    [Fact]
    public async Task Run_CancelledMeanwhile_IsKilledOnTheServer()
    {
        using var caller = new CancellationTokenSource();
        var running = _runner.RunAsync("SELECT SLEEP(121)", SqlLimits.Default, _sink, caller.Token);
        while (await RunningAsync("SELECT SLEEP(121)") == 0)
            await Task.Yield();

        await caller.CancelAsync();

        Assert.Equal(ProblemCodes.Canceled, (await running).Problem?.Code);
        Assert.Equal(0, await RunningAsync("SELECT SLEEP(121)"));
    }

    [Fact]
    public async Task Run_ServerSaysNo_PassesItsCodeOn()
    {
        var outcome = await RunAsync("SELECT * FROM nowhere.nothing");

        Assert.Equal(ProblemCodes.SqlFailed, outcome.Problem?.Code);
        Assert.Equal(("1146", "42S02"), (outcome.Problem!.Details!["errno"], outcome.Problem.Details["sqlstate"]));
    }

    [Fact]
    public async Task Run_NobodyListens_SaysUnreachable()
    {
        await using var pool = new SessionPool(_maria.Server.Root with { Port = 1 }, 1, TimeProvider.System);

        var outcome = await new QueryRunner(pool, TimeProvider.System).RunAsync("SELECT 1", SqlLimits.Default, _sink, default);

        Assert.Equal(ProblemCodes.DatabaseUnreachable, outcome.Problem?.Code);
        Assert.DoesNotContain(_maria.Server.Root.Password, outcome.Problem!.Message);
    }

    private Task<QueryOutcome> RunAsync(string sql, SqlLimits? limits = null)
    {
        _sink.Clear();
        return _runner.RunAsync(sql, limits ?? SqlLimits.Default, _sink, CancellationToken.None);
    }

    private async Task<int> RunningAsync(string sql)
    {
        await using var session = await ClientSession.ConnectAsync(_maria.Server.Root, CancellationToken.None);
        return (await session.RowsAsync("SHOW FULL PROCESSLIST")).Count(row => row[7] == sql);
    }

    private sealed class Collector : ITaskOutput
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public int Bytes => _bytes.WrittenCount;

        public RowTable Table() => RowTable.Parse(_bytes.WrittenSpan);

        public void Clear() => _bytes.Clear();

        public ValueTask WriteAsync(TaskStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        {
            _bytes.Write(bytes.Span);
            return ValueTask.CompletedTask;
        }
    }
}
