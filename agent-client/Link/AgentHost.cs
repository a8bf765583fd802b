using System.Runtime.InteropServices;
using Outrider.Agent.Audit;
using Outrider.Agent.Configuration;
using Outrider.Agent.Executors;
using Outrider.Agent.Files;
using Outrider.Agent.Logging;
using Outrider.Agent.Metrics;
using Outrider.Agent.Secrets;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;

namespace Outrider.Agent.Link;

/// <summary>An agent put together: keeps a link to the centre for as long as it runs.</summary>
public sealed record AgentHost
{
    /// <summary>What a refusal costs once the agent has been linked: a person is at work at the centre, so it asks now and then.</summary>
    private const int FinalRetrySeconds = 60;

    /// <summary>Changes each time the agent's process starts.</summary>
    public string Boot { get; init; } = Guid.NewGuid().ToString("N");

    public required AgentOptions Options { get; init; }

    /// <summary>One per type; their types are the agent's capabilities.</summary>
    public required IReadOnlyList<IExecutor> Executors { get; init; }

    /// <summary>Where every attempt is written; null: nowhere.</summary>
    public AuditFile? Audit { get; init; }

    /// <summary>What tasks' references to secrets are filled in from; null: nothing.</summary>
    public AgentSecrets? Secrets { get; init; }

    /// <summary>Null: the agent has no databases.</summary>
    public IStatusSource? Status { get; init; }

    /// <summary>How many tasks it runs; null: it runs queries only.</summary>
    public TaskEngineLimits? Tasks { get; init; }

    /// <summary>Its way to the centre.</summary>
    public required ILinkTransport Transport { get; init; }

    /// <summary>Null: the agent measures nothing.</summary>
    public MetricsModule? Metrics { get; init; }

    /// <summary>Null: the agent moves no files.</summary>
    public FileTransfers? Files { get; init; }

    public required AgentLog Log { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Runs until it is stopped. Returns the exit code: 0 stopped, 2 refused or misconfigured before the first link.</summary>
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var credential = CredentialFile.LoadOrCreate(Options.DataDirectory, Options.EnrolmentToken);
        if (!credential.Ok)
        {
            Log.Error(credential.Problem.Message);
            return 2;
        }
        var gate = new TaskGate(Executors, Audit, Log, Secrets);
        await using var engine = Tasks is null ? null : new TaskEngine(Path.Combine(Options.DataDirectory, "tasks"), gate, Tasks, Log, Time);
        engine?.Start();
        var hello = Hello(credential.Value, Capabilities(gate));
        var agent = new LinkedAgent(hello, new TaskRunner(gate, Time), Status, Log, Time) { Engine = engine, Metrics = Metrics, Files = Files };
        var code = await DialAsync(agent, stopping);
        if (engine is not null)
            await engine.StopAsync();
        if (code == 0)
            Log.Info("Stopped.");
        return code;
    }

    private async Task<int> DialAsync(LinkedAgent agent, CancellationToken stopping)
    {
        var (failures, everLinked) = (0, false);
        while (!stopping.IsCancellationRequested)
        {
            var end = await Transport.RunAsync(agent, stopping);
            if (stopping.IsCancellationRequested)
                break;
            everLinked |= end.Registered;
            if (end.IsFinal && !everLinked)
            {
                Log.Error($"{end.Reason.Message} ({end.Reason.Code})");
                return 2;
            }
            failures = end.Registered ? 1 : failures + 1;
            await WaitAsync(end, failures, stopping);
        }
        return 0;
    }

    private List<string> Capabilities(TaskGate gate)
    {
        List<string> capabilities = [.. gate.Types];
        if (Metrics is not null)
            capabilities.Add(LinkProtocol.Metrics);
        if (Tasks is not null)
            capabilities.Add(LinkProtocol.Tasks);
        if (Files is not null)
            capabilities.Add(LinkProtocol.Files);
        return capabilities;
    }

    private async Task WaitAsync(LinkEnd end, int failures, CancellationToken stopping)
    {
        var asked = end.IsFinal ? FinalRetrySeconds : end.Reason.RetryAfterSeconds;
        var wait = Backoff.Next(failures, Random.Shared.NextDouble(), asked);
        Log.Warn($"{end.Reason.Message} ({end.Reason.Code}) Dialling again in {wait.TotalSeconds:0.0} s.");
        try
        {
            await Task.Delay(wait, Time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The caller sees it.
        }
    }

    private AgentRegister Hello(Credential credential, List<string> capabilities) => new()
    {
        Versions = [LinkProtocol.Version],
        Agent = Options.Name,
        Credential = credential.Text,
        Token = string.IsNullOrWhiteSpace(Options.EnrolmentToken) ? null : Options.EnrolmentToken.Trim(),
        Boot = Boot,
        Facts = new AgentFacts
        {
            Version = typeof(AgentHost).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
            Capabilities = capabilities,
            Hostname = LinkProtocol.Clip(Environment.MachineName, LinkProtocol.MaxText),
            Os = LinkProtocol.Clip(RuntimeInformation.OSDescription, LinkProtocol.MaxText),
            Arch = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
            Cpus = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Labels = Options.Labels.Count > 0 ? new(Options.Labels) : null,
        },
    };
}
