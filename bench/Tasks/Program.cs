using System.Globalization;
using Outrider.Bench.Tasks;

// bench-tasks fanout [AGENTS, 1000]   one command on so many agents at once, then Ansible on as many hosts
// bench-tasks agent [TASKS, 100]      so many tasks of one second at once on one agent, then ten times as many that do nothing
// bench-tasks logs [MB, 1000] [RUNS]  the output of one task, unwatched and watched, beside a pipe into a WebSocket
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var count = args.Length > 1 && args[0] is "fanout" or "agent" or "logs" && int.TryParse(args.ElementAtOrDefault(1), out var given) ? given : 1_000;
switch (args)
{
    case ["fanout", ..]:
        await FanoutBench.RunAsync(count);
        return 0;
    case ["agent", ..]:
        await AgentBench.RunAsync(args.Length > 1 ? count : 100);
        return 0;
    case ["logs", ..]:
        await LogBench.RunAsync(count, args is [_, _, var runs] ? int.Parse(runs) : 3);
        return 0;
    case ["pump-into", var port]:
        await PlainPump.ServeAsync(int.Parse(port));
        return 0;
    case ["pump", var url, var file]:
        await PlainPump.SendAsync(new Uri(url), file);
        return 0;
    default:
        Console.Error.WriteLine("bench-tasks fanout [AGENTS] | agent [TASKS] | logs [MB] [RUNS]");
        return 2;
}
