using Outrider.Agent.Executors;
using Outrider.Agent.Link;
using Outrider.Agent.Policy;
using Outrider.MySql.Client;

namespace Outrider.Agent.Sql;

/// <summary>The agent's SQL side put together: pool, executor, monitor.</summary>
internal sealed class SqlModule : IAsyncDisposable
{
    private readonly SessionPool _pool;
    private readonly DatabaseMonitor _monitor;
    private readonly CancellationTokenSource _stop = new();
    private Task _monitoring = Task.CompletedTask;

    public SqlModule(ClientOptions connection, SqlPolicy policy, TimeProvider time)
    {
        _pool = new SessionPool(connection, policy.Connections, time);
        _monitor = new DatabaseMonitor(_pool, "starrocks", time);
        Executor = new SqlExecutor(new QueryRunner(_pool, time), policy.Limits);
    }

    public IExecutor Executor { get; }

    public IStatusSource Status => _monitor;

    /// <summary>Begins to watch the database.</summary>
    public void Start() => _monitoring = _monitor.RunAsync(_stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _monitoring;
        await _pool.DisposeAsync();
        _stop.Dispose();
    }
}
