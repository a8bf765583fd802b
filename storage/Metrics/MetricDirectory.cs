using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Outrider.Storage.Metrics;

/// <summary>The tenants and agents that the store knows of, and how they come and go.</summary>
internal sealed class MetricDirectory(IMetricBackend backend) : IDisposable
{
    /// <summary>How often an agent is added anew that another process removes meanwhile, or its tenant.</summary>
    private const int Tries = 10;

    private readonly ConcurrentDictionary<string, TenantMetrics> _tenants = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _adding = new(1);
    private long _through;

    public ICollection<TenantMetrics> Tenants => _tenants.Values;

    public bool TryGet(string tenant, [MaybeNullWhen(false)] out TenantMetrics found) => _tenants.TryGetValue(tenant, out found);

    public bool TryGet(string tenant, string name, [MaybeNullWhen(false)] out TenantMetrics its, [MaybeNullWhen(false)] out AgentMetrics agent)
    {
        agent = null;
        return _tenants.TryGetValue(tenant, out its) && its.TryGet(name, out agent);
    }

    /// <summary>Reads who came and went since the last time.</summary>
    public async ValueTask CatchUpAsync(CancellationToken cancellation)
    {
        await _adding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await CatchUpNeedsLockAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _adding.Release();
        }
    }

    public async ValueTask<TenantMetrics> AddTenantAsync(string name, CancellationToken cancellation)
    {
        await _adding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await AddTenantNeedsLockAsync(name, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _adding.Release();
        }
    }

    public async ValueTask<(TenantMetrics, AgentMetrics)> AddAgentAsync(string tenant, string name, CancellationToken cancellation)
    {
        await _adding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            for (var i = 0; i < Tries; i++)
            {
                var its = await AddTenantNeedsLockAsync(tenant, cancellation).ConfigureAwait(false);
                if (its.TryGet(name, out var known))
                    return (its, known);
                if (await backend.AddAgentAsync(its.Row.No, name, cancellation).ConfigureAwait(false) is not { } row)
                    _tenants.TryRemove(KeyValuePair.Create(tenant, its));
                else if (row.Version == 0)
                    return (its, its.Add(new AgentMetrics(row)));
                else
                    // Another process added it, and has given it series.
                    await CatchUpNeedsLockAsync(cancellation).ConfigureAwait(false);
            }
            throw new StorageException($"Tenant {tenant} or agent {name} is being removed again and again. Wait until that ends.");
        }
        finally
        {
            _adding.Release();
        }
    }

    public async ValueTask RemoveAgentAsync(TenantMetrics tenant, AgentMetrics agent, CancellationToken cancellation)
    {
        await agent.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await backend.RemoveAgentAsync(agent.No, cancellation).ConfigureAwait(false);
            tenant.Remove(agent);
        }
        finally
        {
            agent.Gate.Release();
        }
    }

    /// <summary>Removes a tenant with its agents. False: another process added some meanwhile.</summary>
    public async ValueTask<bool> RemoveTenantAsync(TenantMetrics tenant, CancellationToken cancellation)
    {
        await _adding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            foreach (var agent in tenant.Agents)
                await RemoveAgentAsync(tenant, agent, cancellation).ConfigureAwait(false);
            if (!await backend.RemoveTenantAsync(tenant.Row.No, cancellation).ConfigureAwait(false))
                return false;
            _tenants.TryRemove(KeyValuePair.Create(tenant.Row.Name, tenant));
            return true;
        }
        finally
        {
            _adding.Release();
        }
    }

    public void Dispose() => _adding.Dispose();

    private async ValueTask CatchUpNeedsLockAsync(CancellationToken cancellation)
    {
        while (await backend.ReadChangesAsync(_through, cancellation).ConfigureAwait(false) is var page && page.Through > _through)
        {
            await ApplyAsync(page, cancellation).ConfigureAwait(false);
            _through = page.Through;
        }
    }

    private async ValueTask ApplyAsync(MetricChanges page, CancellationToken cancellation)
    {
        foreach (var no in page.RemovedAgents)
        {
            if (Find(no) is var (its, gone))
                await UnderGateAsync(gone, () => its.Remove(gone), cancellation).ConfigureAwait(false);
        }
        foreach (var gone in _tenants.Where(pair => page.RemovedTenants.Contains(pair.Value.Row.No)).ToList())
            _tenants.TryRemove(gone);
        foreach (var row in page.Tenants)
        {
            var its = _tenants.GetOrAdd(row.Name, _ => new TenantMetrics(row));
            its.SetRetained(row.RawFrom, row.MinuteFrom);
            if (row.Policy is { } policy)
                its.SetPolicy(policy);
        }
        var tenants = _tenants.Values.ToDictionary(tenant => tenant.Row.No);
        var agents = new Dictionary<int, (TenantMetrics, AgentMetrics)>();
        foreach (var row in page.Agents)
        {
            if (tenants.TryGetValue(row.Tenant, out var its))
                agents[row.No] = (its, its.Add(new AgentMetrics(row)));
        }
        foreach (var row in page.Series)
        {
            if ((agents.TryGetValue(row.Agent, out var added) ? added : Find(row.Agent)) is var (its, agent) && row.First >= agent.SeriesCount)
                await UnderGateAsync(agent, () => its.AddStored(agent, row), cancellation).ConfigureAwait(false);
        }
    }

    private (TenantMetrics, AgentMetrics)? Find(int agent)
    {
        foreach (var tenant in _tenants.Values)
        {
            if (tenant.TryGet(agent, out var found))
                return (tenant, found);
        }
        return null;
    }

    private static async ValueTask UnderGateAsync(AgentMetrics agent, Action change, CancellationToken cancellation)
    {
        await agent.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            change();
        }
        finally
        {
            agent.Gate.Release();
        }
    }

    private async ValueTask<TenantMetrics> AddTenantNeedsLockAsync(string name, CancellationToken cancellation)
    {
        if (!_tenants.TryGetValue(name, out var known))
            _tenants[name] = known = new TenantMetrics(await backend.AddTenantAsync(name, cancellation).ConfigureAwait(false));
        return known;
    }
}
