using System.Globalization;
using System.Net.Http.Json;
using Outrider.Bench.Agent;
using Outrider.Bench.Alerts;
using Outrider.Bench.Fleet;
using Outrider.Testing.Processes;

// bench-alerts step   what the pure step costs, alone
// bench-alerts storm [AGENTS] [RULES]   rules that fire at every agent at once: how long until all is told
// bench-alerts [AGENTS] [RULES] [SECONDS] [INTERVAL]   Outrider, then vmalert on VictoriaMetrics (evaluating every INTERVAL seconds), on the same reports
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["step"])
{
    StepBench.Run();
    return;
}
var storm = args is ["storm", ..];
if (storm)
    args = args[1..];
var agents = args.Length > 0 ? int.Parse(args[0]) : 1_000;
var rules = args.Length > 1 ? int.Parse(args[1]) : 50;
var phase = TimeSpan.FromSeconds(args.Length > 2 ? int.Parse(args[2]) : 60);
var interval = args.Length > 3 ? int.Parse(args[3]) : 10;
var period = TimeSpan.FromSeconds(10);
if (storm)
{
    await StormAsync();
    return;
}
Console.WriteLine($"{Environment.ProcessorCount} cores, {agents} agents, {rules} rules each, a report every {period.TotalSeconds} s; load and receiver on the same machine");
Console.WriteLine("| | told | missing | not asked for | p50 ms | p99 ms | max ms | CPU s per million rule-samples | CPU of all, % of a core | resident MB |\n|---|---|---|---|---|---|---|---|---|---|");

await OursAsync();
await TheirsAsync(1);
await TheirsAsync(interval);

async Task StormAsync()
{
    await using var stack = await OutriderStack.StartCentreAloneAsync();
    await using var receiver = new Receiver(_ => { });
    await receiver.StartAsync();
    using var over = new CancellationTokenSource();
    var fleet = new AlertingFleet(agents, rules, period, receiver);
    var running = fleet.LinkAsync(stack.Url, await stack.TokenAsync(), over.Token);
    await Eventually.SoAsync("all report", () => Task.FromResult(fleet.Reports >= agents || running.IsCompleted), () => stack.Centre.HasExited, () => stack.Centre.Output);
    await AddRulesAsync(stack, receiver, threshold: 5);
    var (began, cpu) = (DateTime.UtcNow, ProcessCost.Of(stack.Centre.Id).CpuSeconds);
    Console.WriteLine($"{Environment.ProcessorCount} cores, {agents} agents, {rules} rules, each fires at each agent within the {period.TotalSeconds} s of a report");
    Console.WriteLine("| seconds since the last rule was made | alerts told | CPU s | resident MB |\n|---|---|---|---|");
    while (receiver.Unexpected < agents * rules && (DateTime.UtcNow - began).TotalMinutes < 5)
    {
        await Task.Delay(TimeSpan.FromSeconds(5));
        var cost = ProcessCost.Of(stack.Centre.Id);
        Console.WriteLine($"| {(DateTime.UtcNow - began).TotalSeconds:0} | {receiver.Unexpected} | {cost.CpuSeconds - cpu:0.0} | {cost.ResidentMb:0} |");
    }
    await over.CancelAsync();
    await running;
}

async Task AddRulesAsync(OutriderStack stack, Receiver receiver, double threshold)
{
    using var channel = await stack.Client.PutAsJsonAsync("/api/v1/channels/bench",
        new { type = "webhook", url = new Uri(receiver.Url, "/hook").ToString(), @default = true, language = "en", send_resolved = false });
    channel.EnsureSuccessStatusCode();
    for (var i = 0; i < rules; i++)
    {
        using var made = await stack.Client.PostAsJsonAsync("/api/v1/rules",
            new { name = Spikes.Metric(i), metric = Spikes.Metric(i), @operator = ">", threshold, severity = "critical" });
        made.EnsureSuccessStatusCode();
    }
}

async Task OursAsync()
{
    await using var stack = await OutriderStack.StartCentreAloneAsync();
    var latencies = new Latencies();
    await using var receiver = new Receiver(latencies.Add);
    await receiver.StartAsync();
    using var over = new CancellationTokenSource();
    var fleet = new AlertingFleet(agents, rules, period, receiver);
    var running = fleet.LinkAsync(stack.Url, await stack.TokenAsync(), over.Token);
    await Eventually.SoAsync("all report", () => Task.FromResult(fleet.Reports >= agents || running.IsCompleted), () => stack.Centre.HasExited, () => stack.Centre.Output);
    var without = await CostAsync(() => [stack.Centre.Id], fleet);
    await AddRulesAsync(stack, receiver, threshold: 80);
    await Task.Delay(period);
    var with = await CostAsync(() => [stack.Centre.Id], fleet);
    fleet.Quiet = false;
    await Task.Delay(phase);
    fleet.Quiet = true;
    await Task.Delay(period);
    Print("outrider", latencies, receiver, without, with, ProcessCost.Of(stack.Centre.Id).ResidentMb);
    await over.CancelAsync();
    await running;
}

async Task TheirsAsync(int seconds)
{
    var folder = Directory.CreateTempSubdirectory("bench-alerts-");
    var latencies = new Latencies();
    await using var receiver = new Receiver(latencies.Add);
    await receiver.StartAsync();
    var (store, alerting) = (FreePort.Next(), FreePort.Next());
    await using var victoria = ChildProcess.Start("victoria-metrics",
        [$"-storageDataPath={folder.FullName}/data", $"-httpListenAddr=127.0.0.1:{store}", "-loggerLevel=ERROR", "-search.latencyOffset=0s"]);
    using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{store}") };
    await Eventually.SoAsync("VictoriaMetrics answers", async () => await AnswersAsync(client), () => victoria.HasExited, () => victoria.Output);
    using var over = new CancellationTokenSource();
    var fleet = new AlertingFleet(agents, rules, period, receiver);
    var running = fleet.PushAsync(client.BaseAddress, over.Token);
    await Task.Delay(period);
    var without = await CostAsync(() => [victoria.Id], fleet);
    var file = Path.Combine(folder.FullName, "rules.yml");
    await File.WriteAllTextAsync(file, $"groups:\n- name: bench\n  interval: {seconds}s\n  concurrency: 2\n  rules:\n" + string.Concat(Enumerable.Range(0, rules)
        .Select(i => $"  - alert: {Spikes.Metric(i)}\n    expr: {Spikes.Metric(i)} > 80\n")));
    await using var vmalert = ChildProcess.Start("vmalert",
    [
        $"-rule={file}", $"-datasource.url=http://127.0.0.1:{store}", $"-notifier.url={receiver.Url.ToString().TrimEnd('/')}",
        $"-httpListenAddr=127.0.0.1:{alerting}", "-datasource.queryTimeAlignment=false", "-loggerLevel=ERROR",
    ]);
    await Task.Delay(period);
    var with = await CostAsync(() => [victoria.Id, vmalert.Id], fleet);
    fleet.Quiet = false;
    await Task.Delay(phase);
    fleet.Quiet = true;
    await Task.Delay(period + TimeSpan.FromSeconds(2 * seconds));
    Print($"vmalert, every {seconds} s", latencies, receiver, without, with, ProcessCost.Of(victoria.Id).ResidentMb + ProcessCost.Of(vmalert.Id).ResidentMb);
    await over.CancelAsync();
    await running;
    foreach (var process in new[] { vmalert, victoria })
    {
        await process.TerminateAsync();
        await process.ExitedAsync();
    }
    folder.Delete(recursive: true);
}

// CPU seconds and reports of a quiet phase.
async Task<(double Cpu, long Reports, double Seconds)> CostAsync(Func<int[]> processes, AlertingFleet fleet)
{
    var (cpu, reports, began) = (processes().Sum(id => ProcessCost.Of(id).CpuSeconds), fleet.Reports, DateTime.UtcNow);
    await Task.Delay(phase);
    return (processes().Sum(id => ProcessCost.Of(id).CpuSeconds) - cpu, fleet.Reports - reports, (DateTime.UtcNow - began).TotalSeconds);
}

void Print(string who, Latencies latencies, Receiver receiver, (double Cpu, long Reports, double Seconds) without, (double Cpu, long Reports, double Seconds) with, double resident)
{
    var all = latencies.Take();
    var perReport = with.Cpu / with.Reports - without.Cpu / without.Reports;
    Console.WriteLine($"| {who} | {all.Count} | {receiver.Missing} | {receiver.Unexpected} | {Latencies.Percentile(all, 0.5):0.0} | {Latencies.Percentile(all, 0.99):0.0} "
        + $"| {all.LastOrDefault():0} | {perReport / rules * 1e6:0.00} | {without.Cpu / without.Seconds * 100:0} without rules, {with.Cpu / with.Seconds * 100:0} with | {resident:0} |");
}

async Task<bool> AnswersAsync(HttpClient client)
{
    try
    {
        return (await client.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode;
    }
    catch (HttpRequestException)
    {
        return false;
    }
}
