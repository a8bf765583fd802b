using System.Diagnostics;
using Outrider.Bench.Link;

// bench-link                                           everything, in processes of its own
// bench-link run URL TOKEN PID [KEY]                   against a centre that runs already
switch (args)
{
    case ["centre", var port]:
        await BenchCentre.RunAsync(int.Parse(port));
        return;
    case ["peer", var port]:
        await Peer.RunAsync(int.Parse(port));
        return;
    case ["run", var url, var token, var pid, .. var key]:
        await Load(int.Parse(pid)).RunAsync(new Uri(url), token, key.FirstOrDefault());
        return;
}

using var centre = Start("centre", 18471);
var link = await Load(centre.Id).RunAsync(new Uri("http://127.0.0.1:18471"), (await centre.StandardOutput.ReadLineAsync())!, null);
centre.Kill();
using var peer = Start("peer", 18472);
await peer.StandardOutput.ReadLineAsync();
var bare = await Load(peer.Id).RunPeerAsync(new Uri("http://127.0.0.1:18472"));
peer.Kill();
Console.WriteLine($"memory of a link : memory of a bare socket = {link / bare:0.00}");

static LinkLoad Load(int pid) => new(pid, agents: 1_000, idle: TimeSpan.FromSeconds(60));

static Process Start(string command, int port) =>
    Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [command, $"{port}"]) { RedirectStandardOutput = true })!;
