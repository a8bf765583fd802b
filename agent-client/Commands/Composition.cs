using Outrider.Agent.Audit;
using Outrider.Agent.Configuration;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Agent.Metrics;
using Outrider.Agent.Policy;
using Outrider.Agent.Sql;
using Outrider.Agent.Tasks;
using Outrider.MySql.Client;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Commands;

/// <summary>What this agent can do: the one place that puts its policy, audit and executors together.</summary>
internal sealed class Composition : IAsyncDisposable
{
    private readonly AuditFile _audit;
    private readonly SqlModule? _sql;
    private readonly MetricsModule? _metrics;
    private readonly DatabaseModule _databases;

    private Composition(
        AgentOptions options, ILinkTransport transport, ClientOptions? connection, ConnectionCatalog connections, AgentPolicy policy, AgentLog log, TimeProvider time)
    {
        _audit = AuditFile.OpenIn(options.DataDirectory, time);
        _sql = connection is not null && policy.Sql.Enabled ? new SqlModule(connection, policy.Sql, time) : null;
        _sql?.Start();
        _databases = new DatabaseModule(
            policy.Databases, new DatabaseSurroundings(options.DataDirectory, connections, static _ => null, Hosts: null, Transfers: null, time));
        var boot = Guid.NewGuid().ToString("N");
        _metrics = policy.Metrics.Enabled ? new MetricsModule(options, policy.Metrics, boot, log, time) : null;
        _metrics?.Start();
        Host = new AgentHost
        {
            Boot = boot,
            Options = options,
            Executors = [.. _sql is null ? [] : new[] { _sql.Executor }, .. _databases.Executors],
            Audit = _audit,
            Status = _sql?.Status,
            Tasks = new TaskEngineLimits(),
            Transport = transport,
            Metrics = _metrics,
            Log = log,
            Time = time,
        };
    }

    public AgentHost Host { get; }

    /// <summary>Reads policy and connection settings and opens the audit file, in the agent's folder. Throws <see cref="IOException"/> when it can't be opened.</summary>
    public static Outcome<Composition> Create(
        AgentOptions options, ILinkTransport transport, Func<string, string?> variable, AgentLog log, TimeProvider time)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var policy = AgentPolicy.Load(Path.Combine(options.DataDirectory, "policy.json"));
        if (!policy.Ok)
            return policy.Problem;
        var connection = SqlSettings.Load(options.DataDirectory, variable);
        if (connection.Problem is { } problem)
            return problem;
        var connections = ConnectionCatalog.Load(options.DataDirectory);
        if (!connections.Ok)
            return connections.Problem;
        if (connection.Value is null)
            log.Warn($"No database: set SR_HOST in the environment or in {Path.Combine(options.DataDirectory, SqlSettings.FileName)}.");
        else if (!policy.Value.Sql.Enabled)
            log.Info("SQL is switched off by policy.json.");
        return new Composition(options, transport, connection.Value, connections.Value, policy.Value, log, time);
    }

    public async ValueTask DisposeAsync()
    {
        if (_metrics is not null)
            await _metrics.DisposeAsync();
        if (_sql is not null)
            await _sql.DisposeAsync();
        await _databases.DisposeAsync();
        _audit.Dispose();
    }
}
