using System.Diagnostics;
using Outrider.Bench.Agent;
using Outrider.Testing.Processes;

// bench-agent [SECONDS] [PROCESSES]: agents beside prometheus-node-exporter, in the same time on the same machine.
var seconds = args.Length > 0 ? int.Parse(args[0]) : 180;
var processes = args.Length > 1 ? int.Parse(args[1]) : 300;
var folder = Directory.CreateTempSubdirectory("outrider-bench-").FullName;
var started = new List<Process>();
try
{
    while (Directory.GetDirectories("/proc").Count(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && File.Exists(path + "/exe")) < processes)
        started.Add(Process.Start("sleep", "100000"));
    await using var centre = await BenchCentre.StartAsync();
    var whole = StartAgent("whole", null);
    var host = StartAgent("host", """{"metrics":{"collectors":["host","agent"]}}""");
    var port = FreePort.Next();
    var exporter = Start("prometheus-node-exporter", ["--web.listen-address=127.0.0.1:" + port, "--no-collector.systemd", "--log.level=error"], []);
    var url = new Uri($"http://127.0.0.1:{port}/metrics");
    using var http = new HttpClient();
    var (scrapes, scraped) = (0, 0);

    // Half a minute to come to rest.
    await ScrapeAsync(30);
    (string Name, Process Process)[] all = [("agent, all collectors", whole), ("agent, host and itself only", host), ("prometheus-node-exporter", exporter)];
    var before = all.Select(one => ProcessCost.Of(one.Process.Id)).ToArray();
    var (bytes, samples, watch) = (centre.Bytes, centre.Samples, Stopwatch.StartNew());
    await ScrapeAsync(seconds);
    var elapsed = watch.Elapsed.TotalSeconds;
    var peer = ProcessCost.Of(exporter.Id).CpuSeconds - before[2].CpuSeconds;
    Console.WriteLine($"{Environment.ProcessorCount} cores, {Directory.GetDirectories("/proc").Count(path => char.IsAsciiDigit(Path.GetFileName(path)[0]))} processes and kernel threads, {elapsed:0} s, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
    Console.WriteLine("| | CPU, % of one core | ratio | resident MB | peak MB |\n|---|---|---|---|---|");
    for (var i = 0; i < all.Length; i++)
    {
        var now = ProcessCost.Of(all[i].Process.Id);
        var cpu = now.CpuSeconds - before[i].CpuSeconds;
        Console.WriteLine($"| {all[i].Name} | {cpu / elapsed * 100:0.00} | {cpu / peer:0.00} | {now.ResidentMb:0.0} | {now.PeakMb:0.0} |");
    }
    Console.WriteLine($"both agents: {(centre.Samples - samples) / elapsed * 10:0} samples and {(centre.Bytes - bytes) / elapsed * 10:0} bytes (processes too) each 10 s; exporter: {scraped / Math.Max(1, scrapes)} bytes each scrape");

    async Task ScrapeAsync(int forSeconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        for (var i = 0; i < forSeconds / 10; i++)
        {
            await timer.WaitForNextTickAsync();
            scraped += (await http.GetByteArrayAsync(url)).Length;
            scrapes++;
        }
    }

    Process StartAgent(string name, string? policy)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        if (policy is not null)
            File.WriteAllText(Path.Combine(data, "policy.json"), policy);
        return Start(Programs.Agent, ["run"], new() { ["OUTRIDER_URL"] = centre.Url, ["OUTRIDER_AGENT_NAME"] = name, ["OUTRIDER_AGENT_DATA"] = data, ["OUTRIDER_ENROLMENT_TOKEN"] = "ort.bench.t.s" });
    }
}
finally
{
    foreach (var process in started)
    {
        process.Kill();
        process.Dispose();
    }
    Directory.Delete(folder, recursive: true);
}

Process Start(string program, string[] arguments, Dictionary<string, string> environment)
{
    var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
    foreach (var (name, value) in environment)
        start.Environment[name] = value;
    var process = Process.Start(start)!;
    started.Add(process);
    process.ErrorDataReceived += (_, e) =>
    {
        if (e.Data is not null)
            Console.Error.WriteLine(e.Data);
    };
    process.BeginErrorReadLine();
    return process;
}
