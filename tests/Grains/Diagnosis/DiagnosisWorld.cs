using Outrider.Grains.Agents;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.Embedded;
using Outrider.Testing.Hosting;
using Outrider.Testing.Scenarios;
using Outrider.Testing.Time;
using DiagnosisGrain = Outrider.Grains.Diagnosis.Diagnosis;

namespace Outrider.Tests.Grains.Diagnosis;

/// <summary>One tenant <c>demo</c> with one agent <c>db-1</c> over a scenario, on a host with a fake clock.</summary>
internal sealed class DiagnosisWorld : IAsyncDisposable
{
    private TestHost _host = null!; // set by StartAsync
    private ObserverRef<IAgentLink> _link = null!; // as above

    private DiagnosisWorld(string scenario)
    {
        var answers = Scenario.Load(scenario, new DateTime(2026, 1, 10, 11, 30, 4));
        Link = new FakeLink(answers.Ask);
    }

    public FakeLink Link { get; }

    public FakeReports Reports { get; } = new();

    public FakeTime Time { get; } = new();

    public int Queries { get; set; }

    public int Quota { get; set; } = int.MaxValue;

    public bool Online { get; set; } = true;

    public IObservers Observers => _host.Host.Observers;

    public static async Task<DiagnosisWorld> StartAsync(string scenario = "disk-full", TimeSpan? callDeadline = null)
    {
        var world = new DiagnosisWorld(scenario);
        var registry = new GrainRegistry()
            .Add<ITenant>("tenant", a => new FakeTenant(a.Context, world))
            .Add<IAgent>("agent", a => new FakeAgent(a.Context, world))
            .Add<IDiagnosis>("diagnosis", a => new DiagnosisGrain(a.Context, world.Reports));
        world._host = await TestHost.StartAsync(
            registry, world.Time, options => options with { CallDeadline = callDeadline ?? options.CallDeadline });
        world._link = world.Observers.Register<IAgentLink>(world.Link);
        return world;
    }

    public Outcome<ObserverRef<IAgentLink>> LinkOf(string agent) =>
        !Online ? new Problem(ProblemCodes.AgentOffline, "It was last heard at noon.")
        : agent == "demo/db-1" ? _link : new Problem(ProblemCodes.AgentNotFound, $"There is no agent '{agent}'.");

    public IDiagnosis Diagnosis(string key = "demo/db-1/storage") => _host.Host.Grains.Get<IDiagnosis>(key);

    public Task<Outcome<DiagnosisReport>> RunAsync(
        bool fresh = false, bool details = false, IDiagnosisProgress? progress = null, CancellationToken cancellation = default) =>
        Diagnosis().RunAsync(new DiagnosisRequest
        {
            Arguments = details ? new() { ["include_details"] = "true" } : [],
            Fresh = fresh,
            Actor = "key-1",
            Progress = progress is null ? null : Observers.Register(progress),
        }, cancellation);

    /// <summary>The agent's end of the link goes away.</summary>
    public void LoseLink() => Observers.Release(_link);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
