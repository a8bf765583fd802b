using System.Diagnostics;
using System.Text;
using Outrider.Bench.Agent;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Tasks;

/// <summary>The output of one task, from its start until its end is stored; and what a pipe and a WebSocket do with the same.</summary>
internal static class LogBench
{
    public static async Task RunAsync(int megabytes, int runs)
    {
        Machine.Print($"cat of {megabytes} MB of lines of 100 bytes");
        var folder = Directory.CreateDirectory($"/dev/shm/outrider-bench-{Environment.ProcessId}");
        try
        {
            var file = await MakeAsync(Path.Combine(folder.FullName, "lines"), megabytes);
            await using var stack = await OutriderStack.StartCentreAloneAsync();
            var centre = new CentreTasks(stack);
            await using var agent = await AgentProcess.StartAsync(stack, centre, folder.FullName);
            Console.WriteLine("| | MB/s | ratio | CPU s a GB: centre | agent and cat | ratio of all CPU | peak MB: centre | agent |\n|---|---|---|---|---|---|---|---|");
            for (var run = 0; run < runs; run++)
            {
                var peer = await PumpAsync(file);
                Row("pipe into a WebSocket", megabytes, peer, peer);
                Row("task", megabytes, await TaskAsync(stack, centre, agent, file, watched: false), peer);
                Row("task, watched", megabytes, await TaskAsync(stack, centre, agent, file, watched: true), peer);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Cost> TaskAsync(OutriderStack stack, CentreTasks centre, ChildProcess agent, string file, bool watched)
    {
        var (before, own, clock) = (ProcessCost.Of(stack.Centre.Id).CpuSeconds, ChildrenCost.With(agent.Id), Stopwatch.StartNew());
        var id = await centre.StartAsync($"cat {file}");
        var reading = watched ? ReadAsync(stack, id) : Task.FromResult(0L);
        await centre.EndAsync($"tasks/{id}");
        var seconds = clock.Elapsed.TotalSeconds;
        if (watched)
            Console.Error.WriteLine($"the watcher read {await reading / 1_000_000} MB");
        var after = ProcessCost.Of(stack.Centre.Id);
        return new Cost(seconds, after.CpuSeconds - before, ChildrenCost.With(agent.Id) - own, after.PeakMb, ProcessCost.Of(agent.Id).PeakMb);
    }

    /// <summary>Bytes of the event stream until its end.</summary>
    private static async Task<long> ReadAsync(OutriderStack stack, string id)
    {
        await using var events = await stack.Client.GetStreamAsync(new Uri($"/api/v1/tasks/{id}/logs/stream", UriKind.Relative));
        var (buffer, bytes) = (new byte[256 * 1024], 0L);
        while (await events.ReadAsync(buffer) is > 0 and var read)
            bytes += read;
        return bytes;
    }

    private static async Task<Cost> PumpAsync(string file)
    {
        var port = FreePort.Next();
        await using var taker = ChildProcess.Start(Environment.ProcessPath!, ["pump-into", $"{port}"]);
        await taker.LineAsync(line => line == "ready");
        var children = ChildrenCost.Of(Environment.ProcessId);
        var before = ProcessCost.Of(taker.Id).CpuSeconds;
        var seconds = double.Parse((await ChildProcess.RunAsync(Environment.ProcessPath!, ["pump", $"ws://127.0.0.1:{port}/", file])).Split('\n')[0]);
        var after = ProcessCost.Of(taker.Id);
        return new Cost(seconds, after.CpuSeconds - before, ChildrenCost.Of(Environment.ProcessId) - children, after.PeakMb, double.NaN);
    }

    private static async Task<string> MakeAsync(string path, int megabytes)
    {
        await using var made = File.Create(path);
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 10_000)
            .Select(i => $"2026-01-01T00:00:00Z INFO worker {i:00000} has taken a piece of work from the queue and is done with".PadRight(99, '.') + "\n")));
        for (var i = 0; i < megabytes; i++)
            await made.WriteAsync(block);
        return path;
    }

    private static void Row(string what, int megabytes, Cost cost, Cost peer) => Console.WriteLine(
        $"| {what} | {megabytes / cost.Seconds:0} | {peer.Seconds / cost.Seconds:0.00} | {cost.Centre * 1000 / megabytes:0.0} | {cost.Agent * 1000 / megabytes:0.0} "
        + $"| {(cost.Centre + cost.Agent) / (peer.Centre + peer.Agent):0.0} | {cost.CentrePeakMb:0} | {cost.AgentPeakMb:0} |");

    private sealed record Cost(double Seconds, double Centre, double Agent, double CentrePeakMb, double AgentPeakMb);
}
