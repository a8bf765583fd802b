using Outrider.Agent.Executors.Api;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Executors.Elasticsearch;
using Outrider.Agent.Executors.Files;
using Outrider.Agent.Executors.Kubernetes;
using Outrider.Agent.Executors.Shell;
using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Hosts;
using Outrider.Agent.Policy.Shell;

namespace Outrider.Agent.Executors;

/// <summary>The executors of an agent: one for each type of task that its policy enables.</summary>
internal sealed class ExecutorCatalog : IAsyncDisposable
{
    private readonly DatabaseModule _databases;

    public ExecutorCatalog(AgentPolicy policy, ExecutorSurroundings around)
    {
        var hosts = new HostRules(policy.Hosts);
        _databases = new DatabaseModule(
            policy.Databases, new DatabaseSurroundings(around.Folder, around.Connections, around.Secret, hosts, around.Transfers, around.Time));
        All = [.. Enabled(policy, around, hosts), .. _databases.Executors];
    }

    public IReadOnlyList<IExecutor> All { get; }

    /// <summary>Removes what an agent that was killed left behind of its tasks. Throws <see cref="IOException"/> when it can't.</summary>
    public void ClearScratch() => _databases.ClearScratch();

    public async ValueTask DisposeAsync()
    {
        foreach (var executor in All.OfType<IDisposable>())
            executor.Dispose();
        await _databases.DisposeAsync();
    }

    /// <summary>A new executor is one line here.</summary>
    private static IEnumerable<IExecutor> Enabled(AgentPolicy policy, ExecutorSurroundings around, HostRules hosts)
    {
        if (policy.Shell is { IsEnabled: true } shell)
            yield return new ShellExecutor(shell, ShellRules.Of(shell, around.Folder), around.Time);
        if (policy.File is { Enabled: true } file)
            yield return new FileExecutor(file, new FileRules(file, [around.Folder]), around.Transfers);
        if (policy.Api is { Enabled: true } api)
            yield return new ApiExecutor(api, hosts);
        if (policy.K8s is { Enabled: true } k8s)
            yield return new KubernetesExecutor(k8s, context => KubernetesAccess.Load(k8s, context, around.Variable), around.Time);
        if (policy.Databases?.Elasticsearch is { Enabled: true } elasticsearch)
            yield return new ElasticsearchExecutor(elasticsearch, new ElasticsearchConnections(around.Connections, around.Secret), hosts);
    }
}
