using Outrider.Agent.Commands;
using Outrider.Agent.Configuration;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;

namespace Outrider.Bench.Tasks;

/// <summary>
/// Agents in this process, each put together as the program does it, with a folder, journal, audit file and link of its own. Their folders are in
/// memory: a thousand machines have a thousand disks.
/// </summary>
internal sealed class FleetOfAgents : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateDirectory($"/dev/shm/outrider-bench-{Environment.ProcessId}");
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _running = [];

    public static string Name(int agent) => $"bench-{agent:0000}";

    public void Start(int agents, Uri centre, string token)
    {
        for (var i = 0; i < agents; i++)
        {
            var folder = _root.CreateSubdirectory(Name(i)).FullName;
            BenchPolicy.Write(folder);
            _running.Add(RunAsync(new AgentOptions { Name = Name(i), Url = centre, EnrolmentToken = token, DataDirectory = folder }));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        _stopping.Dispose();
        _root.Delete(recursive: true);
    }

    private async Task RunAsync(AgentOptions options)
    {
        // Off the caller, so that they start beside each other.
        await Task.Yield();
        var log = new AgentLog(TextWriter.Null, TimeProvider.System);
        await using var transport = new WebSocketTransport(options.Url!, options, TimeProvider.System);
        await using var agent = Composition.Create(options, transport, _ => null, log, TimeProvider.System).Value!;
        await agent.Host.RunAsync(_stopping.Token);
    }
}
