using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Outrider.Bench.Link;
using Outrider.Testing.Cluster;

namespace Outrider.Bench.Cluster;

/// <summary>
/// The main job on 1, 2 and 3 real silos over one MariaDB: agents linked and idle, then queries through all of them. A caller's silo is
/// seldom the one that holds the link, as behind a load balancer.
/// </summary>
internal static class LoadBench
{
    private const int Agents = 600;
    private const int Callers = 32;
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_load = TimeSpan.FromSeconds(15);

    public static async Task RunAsync()
    {
        Console.WriteLine();
        Console.WriteLine("| silos | links | kB per link | idle CPU of all silos | run_sql/s | per CPU second of the silos | p50 | p99 | failed | MariaDB CPU |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        for (var silos = 1; silos <= 3; silos++)
            await RunAsync(silos);
    }

    private static async Task RunAsync(int silos)
    {
        await using var stack = await ClusterStack.StartAsync(silos);
        await stack.CreateTenantAsync("bench");
        var (key, token) = (await stack.CreateKeyAsync("bench"), await stack.CreateTokenAsync("bench"));
        var pids = stack.Silos.Select(silo => silo.Process.Id).ToList();
        var before = pids.Sum(Resident);
        var agents = Enumerable.Range(0, Agents).Select(_ => new SimulatedAgent()).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, Agents), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => await agents[i].LinkAsync(stack.Silos[i % silos].Url, $"agent-{i}", token));
        await using var heart = new Timer(_ => agents.ForEach(agent => _ = agent.BeatAsync()), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        var idle = pids.Sum(Cpu);
        await Task.Delay(s_idle);
        idle = pids.Sum(Cpu) - idle;
        var perLink = (pids.Sum(Resident) - before) / (double)Agents;
        // Once unmeasured: code is compiled and pools are filled.
        await LoadAsync(stack, key, TimeSpan.FromSeconds(5));
        var (cpu, database) = (pids.Sum(Cpu), Cpu(stack.Database.ProcessId));
        var (latencies, failed) = await LoadAsync(stack, key, s_load);
        (cpu, database) = (pids.Sum(Cpu) - cpu, Cpu(stack.Database.ProcessId) - database);
        latencies.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {silos} | {Agents} | {perLink / 1e3:0} | {idle / s_idle.TotalSeconds:P1} of a core | {latencies.Count / s_load.TotalSeconds:N0} | "
            + $"{latencies.Count / cpu:N0} | {latencies[latencies.Count / 2]:0.0} ms | {latencies[latencies.Count * 99 / 100]:0.0} ms | {failed} | "
            + $"{database / s_load.TotalSeconds:P0} of a core |"));
        agents.ForEach(agent => agent.Dispose());
    }

    private static async Task<(List<double> Milliseconds, int Failed)> LoadAsync(ClusterStack stack, string key, TimeSpan length)
    {
        var clients = stack.Silos.Select(silo => stack.Client(silo, key)).ToList();
        var (all, failed, clock) = (new List<double>(), 0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var mine = new List<double>();
            for (var i = caller; clock.Elapsed < length; i += 37)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await clients[i % clients.Count].PostAsJsonAsync(
                    new Uri($"/api/v1/agents/agent-{i * 7 % Agents}/sql", UriKind.Relative), new { sql = "SELECT 1" });
                if (answer.IsSuccessStatusCode)
                    mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                else
                    Interlocked.Increment(ref failed);
            }
            lock (all)
                all.AddRange(mine);
        })));
        clients.ForEach(client => client.Dispose());
        return (all, failed);
    }

    /// <summary>CPU seconds that a process has used.</summary>
    private static double Cpu(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static long Resident(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64;
    }
}
