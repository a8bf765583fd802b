using System.Diagnostics;
using System.Text.Json;
using Outrider.Bench.Agent;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Tasks;

/// <summary>One agent and many tasks.</summary>
internal static class AgentBench
{
    public static async Task RunAsync(int tasks)
    {
        Machine.Print("One agent in a process of its own, the tasks asked for eight at a time");
        await using var stack = await OutriderStack.StartCentreAloneAsync();
        var centre = new CentreTasks(stack);
        await using var agent = await AgentProcess.StartAsync(stack, centre, stack.Data);
        Console.WriteLine("| | s | tasks/s | most at once | CPU ms a task: centre | agent and what it starts | peak MB: centre | agent |\n|---|---|---|---|---|---|---|---|");
        await RunAsync(stack, centre, agent, "true", tasks);
        await RunAsync(stack, centre, agent, "sleep 1", tasks);
        await RunAsync(stack, centre, agent, "true", 10 * tasks);
    }

    private static async Task RunAsync(OutriderStack stack, CentreTasks centre, ChildProcess agent, string command, int tasks)
    {
        var (before, own, clock) = (ProcessCost.Of(stack.Centre.Id), ChildrenCost.With(agent.Id), Stopwatch.StartNew());
        var ids = new string[tasks];
        await Parallel.ForEachAsync(Enumerable.Range(0, tasks), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, _) => ids[i] = await centre.StartAsync(command));
        foreach (var id in ids)
            await centre.EndAsync($"tasks/{id}");
        var seconds = clock.Elapsed.TotalSeconds;
        var (after, agentNow) = (ProcessCost.Of(stack.Centre.Id), ProcessCost.Of(agent.Id));
        var spans = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var id in ids)
            spans.Add(SpanOf(await centre.GetAsync($"tasks/{id}")));
        Console.WriteLine($"| {tasks} × {command} | {seconds:0.00} | {tasks / seconds:0} | {MostAtOnce(spans)} | {(after.CpuSeconds - before.CpuSeconds) / tasks * 1000:0.0} "
            + $"| {(ChildrenCost.With(agent.Id) - own) / tasks * 1000:0.0} | {after.PeakMb:0} | {agentNow.PeakMb:0} |");
    }

    private static (DateTimeOffset From, DateTimeOffset To) SpanOf(JsonElement task) =>
        (task.GetProperty("started_at").GetDateTimeOffset(), task.GetProperty("finished_at").GetDateTimeOffset());

    private static int MostAtOnce(List<(DateTimeOffset From, DateTimeOffset To)> spans) =>
        spans.Max(one => spans.Count(other => other.From <= one.From && one.From < other.To));
}
