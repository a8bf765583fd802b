using Outrider.Agent.Configuration;
using Outrider.Agent.Files;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Protocol.Tasks;

namespace Outrider.Bench.Files;

/// <summary>The agent's own half, in a process of its own: fetches a file and hands one in, and prints the seconds of each.</summary>
internal static class BenchAgent
{
    public static async Task RunAsync(Uri url, string token, string folder, TaskFile fetch, string store)
    {
        var log = new AgentLog(Console.Error, TimeProvider.System);
        var options = new AgentOptions { Name = "bench", EnrolmentToken = token, DataDirectory = folder };
        var transfers = new FileTransfers(folder, log, TimeProvider.System);
        using var stopping = new CancellationTokenSource();
        var running = new AgentHost
        {
            Options = options, Executors = [], Files = transfers, Log = log, Time = TimeProvider.System,
            Transport = new WebSocketTransport(url, options, TimeProvider.System),
        }.RunAsync(stopping.Token);

        var target = Path.Combine(folder, "fetched");
        Console.WriteLine(await Seconds.OfAsync(async () => await Check(transfers.FetchAsync(fetch, target, default))));
        await using (var content = File.OpenRead(store))
        {
            Console.WriteLine(await Seconds.OfAsync(async () =>
            {
                if ((await transfers.StoreAsync("task", "result", content, default)).Problem is { } problem)
                    throw new InvalidOperationException(problem.Message);
            }));
        }
        Console.WriteLine(Seconds.PeakMb(Environment.ProcessId));
        await stopping.CancelAsync();
        await running;

        static async Task Check(Task<Protocol.Outcomes.Problem?> work)
        {
            if (await work is { } problem)
                throw new InvalidOperationException(problem.Message);
        }
    }
}
