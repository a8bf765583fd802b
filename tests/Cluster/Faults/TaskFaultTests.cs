using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;
using Outrider.Testing.Processes;
using Outrider.Tests.Cluster.Process;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>Tasks of a cluster whose silos are killed one after the other while they run: each ends once, and none runs twice.</summary>
[Collection(SiloProcessGroup.Name)]
[Trait("Category", "Long")]
public sealed class TaskFaultTests(SiloDatabases databases)
{
    private const int Agents = 4;
    private const int Tasks = 200;
    private const string Policy = """{"profile": "dev", "shell": {"allow": [{"program": "sleep", "args": ["*"]}]}}""";

    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentBag<string> _acknowledged = [];

    [Fact]
    public async Task Kill_EachSiloInTurnWhileTasksRun_EachEndsOnceAndNoneRunsTwice()
    {
        await using var stack = await ClusterStack.StartAsync(on: databases.MariaDb);
        await using var balancer = new LinkBalancer(stack.Silos);
        await stack.CreateTenantAsync("demo");
        var (key, token) = (await stack.CreateKeyAsync("demo"), await stack.CreateTokenAsync("demo"));
        foreach (var name in Names())
        {
            await File.WriteAllTextAsync(Path.Combine(stack.AgentFolder(name), "policy.json"), Policy);
            stack.StartAgent(balancer.Url, name, token, ("127.0.0.1", FreePort.Next(), "root", ""));
        }
        await UntilAsync(stack, key, "all agents are online", async client => (await GetAsync(client, "/agents")).GetProperty("agents").EnumerateArray()
            .Count(agent => agent.GetProperty("status").GetString() == "online") == Agents);

        var creating = Parallel.ForEachAsync(Enumerable.Range(0, Tasks), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
            await CreateAsync(stack, key, number));
        for (var round = 0; round < stack.Silos.Count; round++)
        {
            var due = Tasks / 5 * (round + 1);
            await UntilAsync(stack, key, $"{due} tasks are made", _ => Task.FromResult(_acknowledged.Count >= due));
            await stack.Silos[round].KillAsync();
            stack.Silos[round].Start(supervised: true);
            await Task.WhenAll(stack.Silos.Select(silo => silo.ReadyAsync(stack.Silos.Count)));
        }
        await creating;
        var tasks = new List<JsonElement>();
        await UntilAsync(stack, key, "all tasks are over",
            async client => (tasks = await AllAsync(client)).TrueForAll(task => task.GetProperty("status").GetString() is not ("pending" or "running")));

        Assert.Empty(_acknowledged.Except(tasks.Select(Id)));
        Assert.All(tasks, task => Assert.Equal("success", task.GetProperty("status").GetString()));
        Assert.All(tasks, task => Assert.Equal(1, task.GetProperty("attempt").GetInt32()));
        Assert.Equal(tasks.Select(Id).Order(), Names().SelectMany(name => Ran(stack, name)).Order());
    }

    /// <summary>At one silo after the other, until one says that it is made. One that was killed meanwhile may have made it as well.</summary>
    private async Task CreateAsync(ClusterStack stack, string key, int number)
    {
        // Every second one is at work while silos die.
        var command = number % 2 == 0 ? $"echo {number}" : "sleep 5";
        for (var attempt = number; ; attempt++)
        {
            using var client = stack.Client(stack.Silos[attempt % stack.Silos.Count], key);
            try
            {
                using var response = await client.PostAsJsonAsync(
                    TestCentre.Path("/tasks"), new { agent_id = $"web-{number % Agents}", type = "shell", command });
                if (response.IsSuccessStatusCode)
                {
                    _acknowledged.Add(Id(await response.Content.ReadFromJsonAsync<JsonElement>()));
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is down.
            }
            await Task.Delay(s_retry, TimeProvider.System);
        }
    }

    private static IEnumerable<string> Names() => Enumerable.Range(0, Agents).Select(i => $"web-{i}");

    private static string Id(JsonElement task) => task.GetProperty("id").GetString()!;

    /// <summary>The tasks that an agent let run, by its own audit: one that it ran twice twice.</summary>
    private static IEnumerable<string> Ran(ClusterStack stack, string agent) =>
        from line in File.ReadLines(Path.Combine(stack.AgentFolder(agent), "audit.jsonl"))
        let entry = JsonDocument.Parse(line).RootElement
        where entry.GetProperty("event").GetString() == "allowed" && entry.GetProperty("type").GetString() == "shell"
        select entry.GetProperty("task_id").GetString()!;

    private static async Task<List<JsonElement>> AllAsync(HttpClient client)
    {
        var tasks = new List<JsonElement>();
        for (var after = ""; ;)
        {
            var page = await GetAsync(client, $"/tasks?limit=100{after}");
            tasks.AddRange(page.GetProperty("tasks").EnumerateArray());
            if (!page.TryGetProperty("next", out var next) || next.GetString() is not { } last)
                return tasks;
            after = $"&after={last}";
        }
    }

    private static Task<JsonElement> GetAsync(HttpClient client, string path) => client.GetFromJsonAsync<JsonElement>(TestCentre.Path(path));

    /// <summary>Asks a silo that runs, until it is so. Within a minute a cluster has noticed a dead silo; then its tasks are looked at once a minute.</summary>
    private static async Task UntilAsync(ClusterStack stack, string key, string what, Func<HttpClient, Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"It didn't come to pass that {what}.\n{string.Join("\n---\n", stack.Silos.Select(silo => silo.Output))}");
            try
            {
                using var client = stack.Client(stack.Silos.First(silo => silo.IsRunning), key);
                if (await isSo(client))
                    return;
            }
            catch (HttpRequestException)
            {
                // It isn't ready again.
            }
        }
        while (await pause.WaitForNextTickAsync());
    }
}
