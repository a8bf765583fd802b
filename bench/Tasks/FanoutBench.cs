using System.Diagnostics;
using Outrider.Bench.Agent;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Tasks;

/// <summary>One command on many machines: from the request to the last result.</summary>
internal static class FanoutBench
{
    /// <summary>Ansible's <c>command</c> starts Python for each host: so many are enough.</summary>
    private const int MostCommands = 200;

    public static async Task RunAsync(int agents)
    {
        Machine.Print("'true' on many agents, which run in one process, and on as many hosts with a local connection");
        Console.WriteLine("| | hosts | s | CPU ms a host | ratio of CPU | CPU s of the centre | peak MB of the centre, of ansible's first process |\n|---|---|---|---|---|---|---|");
        var ours = await OursAsync(agents);
        await AnsibleAsync(agents, "raw", ours);
        await AnsibleAsync(Math.Min(agents, MostCommands), "command", ours);
    }

    /// <summary>CPU seconds a host of the second fan-out: the first finds a centre that has just started.</summary>
    private static async Task<double> OursAsync(int agents)
    {
        await using var stack = await OutriderStack.StartCentreAloneAsync();
        await using var fleet = new FleetOfAgents();
        var centre = new CentreTasks(stack);
        fleet.Start(agents, stack.Url, await stack.TokenAsync());
        await centre.LinkedAsync(Enumerable.Range(0, agents).Select(FleetOfAgents.Name));
        var each = 0.0;
        foreach (var which in new[] { "first", "second" })
        {
            var (before, own) = (ProcessCost.Of(stack.Centre.Id), ChildrenCost.With(Environment.ProcessId));
            var clock = Stopwatch.StartNew();
            var fanout = await centre.PostAsync("fanouts", new { agents = new[] { "*" }, type = "shell", command = "true" });
            await centre.EndAsync($"fanouts/{fanout.GetProperty("id").GetString()}");
            var (seconds, after) = (clock.Elapsed.TotalSeconds, ProcessCost.Of(stack.Centre.Id));
            var cpu = after.CpuSeconds - before.CpuSeconds;
            each = (cpu + ChildrenCost.With(Environment.ProcessId) - own) / agents;
            Console.WriteLine($"| outrider, {which} | {agents} | {seconds:0.00} | {each * 1000:0.0} | | {cpu:0.0} | {after.PeakMb:0} |");
        }
        return each;
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
        var (seconds, each) = (clock.Elapsed.TotalSeconds, (ChildrenCost.Of(Environment.ProcessId) - children) / hosts);
        Console.WriteLine($"| ansible, {module}, -f 50 | {hosts} | {seconds:0.00} | {each * 1000:0.0} | {each / ours:0.0} | | {peak:0} |");
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
