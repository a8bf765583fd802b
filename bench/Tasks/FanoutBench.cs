using System.Diagnostics;
using Outrider.Bench.Agent;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Tasks;

/// <summary>One command on many machines: from the request to the last result.</summary>
internal static class FanoutBench
{
    public static async Task RunAsync(int agents)
    {
        Machine.Print($"'true' on {agents} agents, which run in one process");
        Console.WriteLine("| | s | ratio | CPU s of the controlling side | of all | peak MB of the controlling side |\n|---|---|---|---|---|---|");
        var ours = await OursAsync(agents);
        await AnsibleAsync(agents, "raw", ours);
        await AnsibleAsync(agents, "command", ours);
    }

    private static async Task<double> OursAsync(int agents)
    {
        await using var stack = await OutriderStack.StartCentreAloneAsync();
        await using var fleet = new FleetOfAgents();
        var centre = new CentreTasks(stack);
        fleet.Start(agents, stack.Url, await stack.TokenAsync());
        await centre.LinkedAsync(Enumerable.Range(0, agents).Select(FleetOfAgents.Name));
        var first = 0.0;
        // The first one finds programs that aren't compiled yet, in a centre that has just started; both are told.
        foreach (var which in new[] { "first", "again" })
        {
            var (before, own) = (ProcessCost.Of(stack.Centre.Id), ChildrenCost.With(Environment.ProcessId));
            var clock = Stopwatch.StartNew();
            var fanout = await centre.PostAsync("fanouts", new { agents = new[] { "*" }, type = "shell", command = "true" });
            var asked = clock.Elapsed.TotalSeconds;
            await centre.EndAsync($"fanouts/{fanout.GetProperty("id").GetString()}");
            var seconds = clock.Elapsed.TotalSeconds;
            first = seconds;
            var after = ProcessCost.Of(stack.Centre.Id);
            var cpu = after.CpuSeconds - before.CpuSeconds;
            var all = cpu + ChildrenCost.With(Environment.ProcessId) - own;
            Console.WriteLine($"| outrider, {which} (answered after {asked:0.00} s) | {seconds:0.00} | | {cpu:0.0} | {all:0.0} | {after.PeakMb:0} |");
        }
        return first;
    }

    private static async Task AnsibleAsync(int hosts, string module, double ours)
    {
        var folder = Directory.CreateTempSubdirectory("outrider-bench-");
        var inventory = Path.Combine(folder.FullName, "inventory");
        await File.WriteAllTextAsync(inventory, $"[all]\nh[0001:{hosts:0000}] ansible_connection=local ansible_python_interpreter=/usr/bin/python3\n");
        var (children, peak, clock) = (ChildrenCost.Of(Environment.ProcessId), 0.0, Stopwatch.StartNew());
        await using (var ansible = ChildProcess.Start("ansible", ["all", "-i", inventory, "-m", $"ansible.builtin.{module}", "-a", "true", "-f", "50"]))
        {
            var ended = ansible.ExitedAsync();
            while (await Task.WhenAny(ended, Task.Delay(200)) != ended)
                peak = Math.Max(peak, PeakMb(ansible));
            if (ansible.ExitCode != 0)
                throw new InvalidOperationException(ansible.Output);
        }
        var (seconds, cpu) = (clock.Elapsed.TotalSeconds, ChildrenCost.Of(Environment.ProcessId) - children);
        Console.WriteLine($"| ansible, {module}, -f 50 | {seconds:0.00} | {seconds / ours:0.0} | | {cpu:0.0} | {peak:0} |");
        folder.Delete(recursive: true);
    }

    /// <summary>0: it has ended.</summary>
    private static double PeakMb(ChildProcess process)
    {
        try
        {
            return process.HasExited ? 0 : ProcessCost.Of(process.Id).PeakMb;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
