using System.Text.Json;
using Outrider.Testing.Cluster;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>
/// The work that goes on while things break: two callers at each silo that query the agents in turn, ten times a second each; one that
/// creates tenants with a key and a token each; one that has the real agents' database diagnosed.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan s_queryEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_writeEvery = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_diagnoseEvery = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Caller> _callers = [];
    private readonly List<Task> _running = [];
    private readonly IReadOnlyList<Uri> _silos;

    /// <param name="agents">All agents' names.</param>
    /// <param name="diagnosed">Those of them that have a database to diagnose.</param>
    public Load(ClusterStack stack, string key, IReadOnlyList<string> agents, IReadOnlyList<string> diagnosed)
    {
        _silos = [.. stack.Silos.Select(silo => silo.Url)];
        for (var i = 0; i < 2 * _silos.Count; i++)
            Add(i, key, s_queryEvery, (caller, n) => QueryAsync(caller, agents[n % agents.Count]), agents.Count * i / (2 * _silos.Count));
        Add(0, stack.Environment["OUTRIDER_PLATFORM_KEY"], s_writeEvery, (caller, _) => CreateAsync(caller), 0);
        Add(1, key, s_diagnoseEvery, (caller, n) => DiagnoseAsync(caller, diagnosed[n % diagnosed.Count]), 0);
    }

    public Ledger Ledger { get; } = new();

    /// <summary>Callers end what they are at.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var caller in _callers)
            caller.Dispose();
        _stopping.Dispose();
    }

    private void Add(int silo, string credential, TimeSpan every, Func<Caller, int, Task> work, int first)
    {
        var caller = new Caller(Ledger, _silos, silo, credential);
        _callers.Add(caller);
        _running.Add(RepeatAsync(caller, every, work, first));
    }

    private async Task RepeatAsync(Caller caller, TimeSpan every, Func<Caller, int, Task> work, int first)
    {
        for (var n = first; !_stopping.IsCancellationRequested; n++)
        {
            await work(caller, n);
            await Task.Delay(every, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<JsonElement?> QueryAsync(Caller caller, string agent) => caller.PostAsync(
        "query", agent, id => ($"/agents/{agent}/sql", new { sql = $"SELECT current_version() /* {id} */" }), found: null, _stopping.Token);

    private async Task CreateAsync(Caller caller)
    {
        var created = await caller.PostAsync("tenant", "", id => ("/tenants", new { id }), answer => answer.GetProperty("id").GetString()!, _stopping.Token);
        if (created?.GetProperty("id").GetString() is not { } tenant)
            return;
        await caller.PostAsync("key", tenant, id => ($"/tenants/{tenant}/keys", new { name = id, role = "viewer" }),
            answer => answer.GetProperty("secret").GetString()!, _stopping.Token);
        await caller.PostAsync("token", tenant, _ => ($"/tenants/{tenant}/enrolment-tokens", new { patterns = new[] { "*" } }),
            answer => answer.GetProperty("id").GetString()!, _stopping.Token);
    }

    private Task<JsonElement?> DiagnoseAsync(Caller caller, string agent) => caller.PostAsync(
        "report", agent, _ => ($"/agents/{agent}/diagnoses", new { expert = "storage", fresh = true }),
        answer => answer.GetProperty("id").GetString()!, _stopping.Token);
}
