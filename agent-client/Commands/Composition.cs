using Outrider.Agent.Audit;
using Outrider.Agent.Configuration;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors;
using Outrider.Agent.Files;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Agent.Metrics;
using Outrider.Agent.Policy;
using Outrider.Agent.Secrets;
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
    private readonly ExecutorCatalog _executors;

    private Composition(AgentOptions options, ILinkTransport transport, AgentSettings settings, Func<string, string?> variable, AgentLog log, TimeProvider time)
    {
        var policy = settings.Policy;
        _audit = AuditFile.OpenIn(options.DataDirectory, time);
        _sql = settings.Database is not null && policy.Sql.Enabled ? new SqlModule(settings.Database, policy.Sql, time) : null;
        _sql?.Start();
        var secrets = new AgentSecrets(options.DataDirectory, policy.Secrets);
        var files = transport.MovesFiles ? new FileTransfers(options.DataDirectory, log, time) : null;
        _executors = new ExecutorCatalog(
            policy, new ExecutorSurroundings(options.DataDirectory, settings.Connections, secrets.Get, variable, files ?? (IFileTransfers)new NoFileTransfers(), time));
        _executors.ClearScratch();
        var boot = Guid.NewGuid().ToString("N");
        _metrics = policy.Metrics.Enabled ? new MetricsModule(options, policy.Metrics, boot, log, time) : null;
        _metrics?.Start();
        Host = new AgentHost
        {
            Boot = boot,
            Options = options,
            Executors = _sql is null ? _executors.All : [_sql.Executor, .. _executors.All],
            Audit = _audit,
            Secrets = secrets,
            Status = _sql?.Status,
            Tasks = new TaskEngineLimits(policy.Tasks.AtOnce, policy.Tasks.DatabasesAtOnce, policy.Tasks.Queued, policy.Tasks.TimeoutSeconds),
            Transport = transport,
            Metrics = _metrics,
            Files = files,
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
        var policy = AgentPolicy.Load(Path.Combine(options.DataDirectory, AgentPolicy.FileName));
        if (!policy.Ok)
            return policy.Problem;
        var database = SqlSettings.Load(options.DataDirectory, variable);
        if (database.Problem is { } problem)
            return problem;
        var connections = ConnectionCatalog.Load(options.DataDirectory);
        if (!connections.Ok)
            return connections.Problem;
        if (database.Value is null)
            log.Warn($"No database: set SR_HOST in the environment or in {Path.Combine(options.DataDirectory, SqlSettings.FileName)}.");
        else if (!policy.Value.Sql.Enabled)
            log.Info("SQL is switched off by policy.json.");
        return new Composition(options, transport, new AgentSettings(policy.Value, database.Value, connections.Value), variable, log, time);
    }

    public async ValueTask DisposeAsync()
    {
        if (_metrics is not null)
            await _metrics.DisposeAsync();
        if (_sql is not null)
            await _sql.DisposeAsync();
        await _executors.DisposeAsync();
        _audit.Dispose();
    }

    /// <param name="Policy">What may run here.</param>
    /// <param name="Database">The database that queries go to; null: none.</param>
    /// <param name="Connections">The databases that tasks may name.</param>
    private sealed record AgentSettings(AgentPolicy Policy, ClientOptions? Database, ConnectionCatalog Connections);
}
