using Outrider.Agent.Audit;
using Outrider.Agent.Configuration;
using Outrider.Agent.Executors;
using Outrider.Agent.Executors.Api;
using Outrider.Agent.Executors.Elasticsearch;
using Outrider.Agent.Executors.Kubernetes;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Agent.Metrics;
using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Hosts;
using Outrider.Agent.Sql;
using Outrider.MySql.Client;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Commands;

/// <summary>What this agent can do: the one place that puts its policy, audit and executors together.</summary>
internal sealed class Composition : IAsyncDisposable
{
    private readonly AuditFile _audit;
    private readonly SqlModule? _sql;
    private readonly MetricsModule? _metrics;
    private readonly List<IExecutor> _executors;

    private Composition(
        AgentOptions options, ILinkTransport transport, ClientOptions? connection, AgentPolicy policy, Func<string, string?> variable, AgentLog log, TimeProvider time)
    {
        _executors = Executors(policy, variable, time);
        _audit = AuditFile.OpenIn(options.DataDirectory, time);
        _sql = connection is not null && policy.Sql.Enabled ? new SqlModule(connection, policy.Sql, time) : null;
        _sql?.Start();
        var boot = Guid.NewGuid().ToString("N");
        _metrics = policy.Metrics.Enabled ? new MetricsModule(options, policy.Metrics, boot, log, time) : null;
        _metrics?.Start();
        Host = new AgentHost
        {
            Boot = boot,
            Options = options,
            Executors = _sql is null ? _executors : [_sql.Executor, .. _executors],
            Audit = _audit,
            Status = _sql?.Status,
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
        if (connection.Value is null)
            log.Warn($"No database: set SR_HOST in the environment or in {Path.Combine(options.DataDirectory, SqlSettings.FileName)}.");
        else if (!policy.Value.Sql.Enabled)
            log.Info("SQL is switched off by policy.json.");
        return new Composition(options, transport, connection.Value, policy.Value, variable, log, time);
    }

    /// <summary>The executors that the policy enables: a line for each.</summary>
    private static List<IExecutor> Executors(AgentPolicy policy, Func<string, string?> variable, TimeProvider time)
    {
        var hosts = new HostRules(policy.Hosts);
        var executors = new List<IExecutor>();
        if (policy.Api is { Enabled: true } api)
            executors.Add(new ApiExecutor(api, hosts));
        if (policy.K8s is { Enabled: true } k8s)
            executors.Add(new KubernetesExecutor(k8s, context => KubernetesAccess.Load(k8s, context, variable), time));
        if (policy.Databases?.Elasticsearch is { Enabled: true } elasticsearch)
            executors.Add(new ElasticsearchExecutor(elasticsearch, new NoElasticsearchServers(), hosts));
        return executors;
    }

    public async ValueTask DisposeAsync()
    {
        if (_metrics is not null)
            await _metrics.DisposeAsync();
        if (_sql is not null)
            await _sql.DisposeAsync();
        foreach (var executor in _executors.OfType<IDisposable>())
            executor.Dispose();
        _audit.Dispose();
    }
}
