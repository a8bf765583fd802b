using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Bench.Agent;
using Outrider.Bench.Fleet;
using Outrider.Testing.Processes;

// bench-fleet [AGENTS] [MINUTES]   so many agents of 200 series, a report every 10 s, on a real centre; figures each minute
// bench-fleet ramp [STEP]          more agents each minute until the 99th percentile of answers passes one second
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Series = 200;
const int MaxAgents = 10_000;
var period = TimeSpan.FromSeconds(10);
var ramp = args is ["ramp", ..];
var step = ramp ? args is [_, var by] ? int.Parse(by) : 1_000 : args.Length > 0 ? int.Parse(args[0]) : 1_000;
var minutes = ramp ? MaxAgents / step : args.Length > 1 ? int.Parse(args[1]) : 10;

await using var stack = await OutriderStack.StartCentreAloneAsync();
using (var raised = await stack.Client.PutAsJsonAsync("/api/v1/metrics/policy", new { max_series = 2_000_000 }))
    raised.EnsureSuccessStatusCode();
var token = await stack.TokenAsync();
var latencies = new Latencies();
var agents = new List<FleetAgent>();
using var over = new CancellationTokenSource();
var running = new List<Task>();
Console.WriteLine($"{Environment.ProcessorCount} cores, agents of {Series} series, a report every {period.TotalSeconds} s; the load is made on the same machine");
Console.WriteLine("| agents | samples/s | centre CPU, % of a core | load's CPU | resident MB | peak MB | answer p50 ms | p99 ms | max ms |\n|---|---|---|---|---|---|---|---|---|");
var all = new List<double>();
var (cpuAtStart, sentAtStart) = (0.0, 0L);
for (var minute = 0; minute < minutes; minute++)
{
    if (minute == 0 || ramp)
        await AddAsync(step);
    // A period for those that came to begin.
    await Task.Delay(period);
    latencies.Take();
    var (before, own, sent, watch) = (ProcessCost.Of(stack.Centre.Id), ProcessCost.Of(Environment.ProcessId), Sent(), Stopwatch.StartNew());
    if (minute == 0)
        (cpuAtStart, sentAtStart) = (before.CpuSeconds, sent);
    await Task.Delay(TimeSpan.FromMinutes(1) - period);
    var (now, elapsed, taken) = (ProcessCost.Of(stack.Centre.Id), watch.Elapsed.TotalSeconds, latencies.Take());
    all.AddRange(taken);
    var p99 = Latencies.Percentile(taken, 0.99);
    Console.WriteLine($"| {agents.Count} | {(Sent() - sent) * Series / elapsed:0} | {(now.CpuSeconds - before.CpuSeconds) / elapsed * 100:0} "
        + $"| {(ProcessCost.Of(Environment.ProcessId).CpuSeconds - own.CpuSeconds) / elapsed * 100:0} | {now.ResidentMb:0} | {now.PeakMb:0} "
        + $"| {Latencies.Percentile(taken, 0.5):0.0} | {p99:0.0} | {taken.LastOrDefault():0} |");
    if (ramp && !(p99 <= 1000))
        break;
}
var cpu = ProcessCost.Of(stack.Centre.Id).CpuSeconds - cpuAtStart;
var samples = (Sent() - sentAtStart) * Series;
await over.CancelAsync();
await Task.WhenAll(running);
await Eventually.SoAsync("every batch is answered", () => Task.FromResult(agents.TrueForAll(agent => agent.Unanswered == 0)), () => stack.Centre.HasExited, () => stack.Centre.Output);
var stored = (await stack.Client.GetFromJsonAsync<JsonElement>("/api/v1/metrics/usage")).GetProperty("stored").GetInt64();
var disk = new DirectoryInfo(stack.Data).GetFiles("metrics.db*").Sum(file => file.Length);
all.Sort();
Console.WriteLine();
Console.WriteLine($"{Sent()} batches sent, {Sent() * Series} samples; stored {stored}; lost {Sent() * Series - stored}; refused {agents.Sum(agent => agent.Refused)}; links down {agents.Count(agent => !agent.IsLinked)}");
Console.WriteLine($"answers p50 {Latencies.Percentile(all, 0.5):0.0} ms, p99 {Latencies.Percentile(all, 0.99):0.0} ms, max {all.LastOrDefault():0} ms");
Console.WriteLine($"{samples / cpu:0} samples a CPU second of the centre, links, fsync and folding included");
Console.WriteLine($"{disk / 1e6:0.0} MB of metrics.db and its log: {disk / (double)stored:0.00} bytes a sample, journal and windows still open included");
foreach (var agent in agents)
    agent.Dispose();
return stored == Sent() * Series ? 0 : 1;

async Task AddAsync(int count)
{
    var added = Enumerable.Range(agents.Count, count).Select(i => new FleetAgent(i, Series, latencies.Add)).ToList();
    await Parallel.ForEachAsync(added, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (agent, _) => await agent.LinkAsync(stack.Url, token));
    agents.AddRange(added);
    running.AddRange(added.Select((agent, i) => agent.RunAsync(period * i / count, period, over.Token)));
}

long Sent() => agents.Sum(agent => agent.Sent);
