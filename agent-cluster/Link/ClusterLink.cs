using Outrider.Agent.Link;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Cluster.Link;

/// <summary>One link: an observer that the agent's grain holds, from when it registers until it is over.</summary>
internal sealed class ClusterLink : IAgentLink, IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pulse = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_soonestPulse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    /// <summary>Who calls is alive now, by the grain's clock and whatever this machine's says.</summary>
    private static readonly DateTimeOffset s_now = DateTimeOffset.MaxValue;

    private readonly ClusterConnection _cluster;
    private readonly LinkedAgent _agent;
    private readonly AgentHello _hello;
    private readonly IAgent _grain;
    private readonly ObserverRef<IAgentLink> _self;
    private readonly RunningTasks _queries;
    private readonly ClusterTasks? _tasks;
    private readonly TaskCompletionSource<Problem> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _pulse = Task.CompletedTask;
    private long _pulsedAt;
    private long _answeredAt;
    private int _newsDue = 1;
    private string? _session;

    public ClusterLink(ClusterConnection cluster, LinkedAgent agent, LinkRegistration form, PayloadBudget budget)
    {
        (_cluster, _agent, _hello) = (cluster, agent, form.Hello);
        _queries = new RunningTasks(agent.Tasks, budget);
        _grain = cluster.Grains.Get<IAgent>(GrainKeys.Join(form.Tenant, form.Hello.Agent));
        _self = cluster.Observers.Register<IAgentLink>(this);
        _tasks = agent.Engine is null ? null
            : new ClusterTasks(agent.Engine, new ClusterPlace(cluster.Grains, form.Tenant, form.Hello.Agent, _self), agent.Time);
    }

    private bool IsOver => _over.Task.IsCompleted;

    /// <summary>Registers and serves the centre until the link is over or the agent stops.</summary>
    public async Task<LinkEnd> RunAsync(CancellationToken stopping)
    {
        var accepted = await ConnectAsync(stopping);
        if (!accepted.Ok)
            return new LinkEnd(Registered: false, accepted.Problem);
        _session = accepted.Value.Session;
        _agent.Log.Info($"Linked as '{_hello.Agent}', session {_session}{(accepted.Value.Enrolled ? ", enrolled now" : "")}.");
        _agent.Metrics?.Apply(accepted.Value.Config);
        _tasks?.Start();
        Problem reason;
        await using (_agent.Metrics is null ? null : new ClusterMetrics(_agent, _grain, _session, End))
            reason = await ServeAsync(stopping);
        if (_tasks is not null)
            await _tasks.DisposeAsync();
        await _queries.EndAsync(s_farewell, _agent.Time);
        await DisconnectAsync(_session);
        return new LinkEnd(Registered: true, reason);
    }

    public Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation) => _queries.RunAsync(task, cancellation);

    public Task<Outcome<Done>> SendAsync(TaskMessage message) => _tasks?.TakeAsync(message) ?? Task.FromResult<Outcome<Done>>(
        new Problem(ProblemCodes.AgentLacksCapability, "The agent's policy enables no tasks."));

    public Task<bool> PingAsync() => Task.FromResult(!IsOver);

    public Task<DateTimeOffset?> LastHeardAsync(string session) => Task.FromResult<DateTimeOffset?>(!IsOver && _session == session ? s_now : null);

    public Task CloseAsync(Problem reason)
    {
        End(reason);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _cluster.Observers.Release(_self);
        _queries.Dispose();
    }

    private async Task<Outcome<AgentSession>> ConnectAsync(CancellationToken stopping)
    {
        try
        {
            return await _grain.ConnectAsync(_hello, _self).WaitAsync(stopping);
        }
        catch (Exception e)
        {
            return new Problem(ProblemCodes.Unavailable, $"The centre can't answer just now: {e.Message}") { RetryAfterSeconds = 5 };
        }
    }

    private async Task<Problem> ServeAsync(CancellationToken stopping)
    {
        _answeredAt = _agent.Time.GetTimestamp();
        using var stop = stopping.Register(() => End(new Problem(ProblemCodes.Unavailable, "The agent stops.")));
        using var lost = _cluster.Lost.Register(() => End(new Problem(ProblemCodes.LinkLost, "The link to the centre broke: no silo can be reached.")));
        if (_agent.Status is { } status)
            status.Changed += OnStatusChanged;
        try
        {
            await using var timer = _agent.Time.CreateTimer(_ => Tick(), null, TimeSpan.Zero, s_tick);
            return await _over.Task;
        }
        finally
        {
            if (_agent.Status is { } watched)
                watched.Changed -= OnStatusChanged;
        }
    }

    private void Tick()
    {
        if (IsOver)
            return;
        if (_agent.Time.GetElapsedTime(Interlocked.Read(ref _answeredAt)) >= LinkProtocol.Silence)
            End(new Problem(ProblemCodes.TimedOut, $"The centre has answered nothing for {LinkProtocol.Silence.TotalSeconds} s."));
        else if (_pulse.IsCompleted
            && (_pulsedAt == 0 || _agent.Time.GetElapsedTime(_pulsedAt) >= (Volatile.Read(ref _newsDue) == 0 ? s_pulse : s_soonestPulse)))
            _pulse = PulseAsync();
    }

    private async Task PulseAsync()
    {
        _pulsedAt = _agent.Time.GetTimestamp();
        var news = Interlocked.Exchange(ref _newsDue, 0) != 0;
        try
        {
            var alive = await _grain.KeepAliveAsync(_session!, new AgentPulse(s_now, news ? _agent.Databases : null), _self);
            Interlocked.Exchange(ref _answeredAt, _agent.Time.GetTimestamp());
            if (alive.Ok)
                _agent.Metrics?.Apply(alive.Value);
            else
                End(alive.Problem);
        }
        catch (Exception e)
        {
            // The silo of the grain may be gone; the next pulse finds the grain elsewhere and says the same again.
            if (!IsOver)
                _agent.Log.Warn($"The centre didn't take a sign of life: {e.Message}");
            Volatile.Write(ref _newsDue, 1);
        }
    }

    private async Task DisconnectAsync(string session)
    {
        try
        {
            await _grain.DisconnectAsync(session).WaitAsync(s_farewell, _agent.Time);
        }
        catch (Exception e)
        {
            _agent.Log.Info($"The centre wasn't told that the link is over, and will find out: {e.Message}");
        }
    }

    private void OnStatusChanged() => Volatile.Write(ref _newsDue, 1);

    private void End(Problem reason) => _over.TrySetResult(reason);
}
