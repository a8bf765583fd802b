using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Outrider.Bench.Files;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Processes;

// bench-files [MB, 1000] [runs, 3]: a file to and from the centre, by HTTP and over an agent's link, beside what Kestrel and cp do in the same run.
if (args is ["centre", var port, var centreFolder, var file])
{
    await BenchCentre.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), centreFolder, file);
    return 0;
}
if (args is ["agent", var url, var agentToken, var agentFolder, var task, var result])
{
    await BenchAgent.RunAsync(new Uri(url), agentToken, agentFolder, JsonSerializer.Deserialize<TaskFile>(task)!, result);
    return 0;
}
var megabytes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
var runs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
var folder = Directory.CreateTempSubdirectory("outrider-bench-").FullName;
try
{
    Console.WriteLine($"{Environment.ProcessorCount} cores, {megabytes} MB, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
    Console.WriteLine("| | MB/s | ratio | centre's peak MB | agent's peak MB |");
    Console.WriteLine("|---|---|---|---|---|");
    for (var run = 0; run < runs; run++)
        await RunAsync(Directory.CreateDirectory(Path.Combine(folder, $"{run}")).FullName);
}
finally
{
    Directory.Delete(folder, recursive: true);
}
return 0;

async Task RunAsync(string here)
{
    // Each file is new: the same content again would not be sent.
    var (one, other) = (await MakeAsync(Path.Combine(here, "one")), await MakeAsync(Path.Combine(here, "other")));
    var copy = await Seconds.OfAsync("sh", "-c", $"cp '{one}' '{here}/copy' && sync '{here}/copy'");
    Row("cp and sync", copy, copy);
    await HttpAsync(one, here);
    await LinkAsync(one, other, here);
}

async Task HttpAsync(string one, string here)
{
    await using var stack = await OutriderStack.StartCentreAloneAsync();
    using var plain = StartSelf(["centre", $"{FreePort.Next()}", here, one], out var address);
    await plain.StandardOutput.ReadLineAsync();
    await plain.StandardOutput.ReadLineAsync();
    var sha256 = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(File.OpenRead(one)));
    var key = $"X-API-Key: {stack.Key}";
    var kestrel = await Seconds.OfAsync("curl", "-sf", "-o", "/dev/null", "-X", "POST", "-T", one, $"{address}/plain");
    Row("Kestrel, body to the disk and synced", kestrel, kestrel);
    var answer = Path.Combine(here, "answer.json");
    var upload = await Seconds.OfAsync("curl", "-sf", "-o", answer, "-H", key, "-X", "POST", "-T", one, $"{stack.Url}api/v1/files?name=x&kind=artefact&sha256={sha256}");
    Row("POST /files", upload, kestrel, Seconds.PeakMb(stack.Centre.Id));
    using var document = JsonDocument.Parse(File.ReadAllBytes(answer));
    var still = await Seconds.OfAsync("curl", "-sf", "-o", "/dev/null", $"{address}/plain");
    Row("Kestrel, static file", still, still);
    var download = await Seconds.OfAsync("curl", "-sf", "-o", "/dev/null", "-H", key, $"{stack.Url.ToString().TrimEnd('/')}{document.RootElement.GetProperty("path").GetString()}");
    Row("GET /files/{id}/download", download, still, Seconds.PeakMb(stack.Centre.Id));
    plain.Kill();
}

async Task LinkAsync(string one, string other, string here)
{
    var centreHere = Directory.CreateDirectory(Path.Combine(here, "centre")).FullName;
    using var centre = StartSelf(["centre", $"{FreePort.Next()}", centreHere, one], out var address);
    var token = (await centre.StandardOutput.ReadLineAsync())!;
    var file = (await centre.StandardOutput.ReadLineAsync())!;
    var kestrel = await Seconds.OfAsync("curl", "-sf", "-o", Path.Combine(here, "by-curl"), $"{address}/plain");
    Row("Kestrel, static file, to the disk", kestrel, kestrel);
    using var agent = StartSelf(["agent", address, token, Directory.CreateDirectory(Path.Combine(here, "agent")).FullName, file, other], out _);
    var fetch = double.Parse((await agent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    var store = double.Parse((await agent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    var peak = long.Parse((await agent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    Row("to the agent over the link, checked and synced", fetch, kestrel, Seconds.PeakMb(centre.Id), peak);
    Row("from the agent over the link, checked and synced", store, kestrel, Seconds.PeakMb(centre.Id), peak);
    centre.Kill();
}

Process StartSelf(string[] arguments, out string address)
{
    address = arguments[0] == "centre" ? $"http://127.0.0.1:{arguments[1]}" : arguments[1];
    return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
}

async Task<string> MakeAsync(string path)
{
    await using var made = File.Create(path);
    var block = new byte[1_000_000];
    for (var i = 0; i < megabytes; i++)
    {
        Random.Shared.NextBytes(block);
        await made.WriteAsync(block);
    }
    return path;
}

void Row(string what, double seconds, double peer, long? centre = null, long? agent = null) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {megabytes / seconds:0} | {peer / seconds:0.00} | {centre} | {agent} |"));
