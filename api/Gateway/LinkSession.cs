using System.Net.WebSockets;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Files;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>One socket that an agent dialled, from its first frame to its end.</summary>
internal sealed class LinkSession : IAgentLink, IDisposable
{
    private static readonly TimeSpan s_pingTimeout = TimeSpan.FromSeconds(3);

    private readonly GatewayContext _gateway;
    private readonly WebSocket _socket;
    private readonly string _remote;
    private readonly CancellationTokenSource _abort;
    private readonly FrameSender _sender;
    private readonly LinkQueries _queries;
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _dialledAt;
    private readonly Action _onRegistered;
    private string _key = "(unregistered)";
    private ObserverRef<IAgentLink>? _self;
    private OpenLink? _open;
    private LinkPulse? _pulse;
    private LinkMetrics? _metrics;
    private LinkTasks? _tasks;
    private Task _takingMetrics = Task.CompletedTask;
    private LinkFiles? _files;
    private Problem? _reason;
    private Task _closing = Task.CompletedTask;
    private long _heardAt;
    private TaskCompletionSource? _ping;
    private bool _registering;

    public LinkSession(GatewayContext gateway, WebSocket socket, string remote, Action onRegistered)
    {
        (_gateway, _socket, _remote) = (gateway, socket, remote);
        _abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, gateway.Time);
        _sender = new FrameSender(socket, gateway.Time, gateway.Metrics, _abort.Token);
        _queries = new LinkQueries(gateway, _sender);
        _dialledAt = gateway.Time.GetUtcNow();
        HeardAt = _dialledAt;
        _onRegistered = onRegistered;
    }

    /// <summary>Whether an agent was accepted over it.</summary>
    public bool Registered => _open is not null;

    /// <summary>Whether it ended because the centre couldn't serve it, and not by what the agent did.</summary>
    public bool Blameless => _reason?.Code is ProblemCodes.Unavailable or ProblemCodes.Internal;

    private DateTimeOffset HeardAt
    {
        get => new(Interlocked.Read(ref _heardAt), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _heardAt, value.UtcTicks);
    }

    /// <summary>Serves the socket until it is over. Never throws.</summary>
    public async Task ServeAsync()
    {
        try
        {
            await ReceiveAsync();
        }
        catch (Exception e)
        {
            _gateway.Log.LinkFailed(_remote, e);
            BeginClose(new Problem(ProblemCodes.Internal, "The centre failed on this link; dial again."));
        }
        await EndAsync();
    }

    /// <summary>Checks what time has done to the link. Called every second.</summary>
    public void Tick(DateTimeOffset now)
    {
        var options = _gateway.Options;
        if (_sender.Waiting >= LinkProtocol.Stall)
            Abort(new Problem(ProblemCodes.LinkStalled, $"The agent took nothing for {LinkProtocol.Stall.TotalSeconds} s."));
        else if (!Registered && !_registering && now - _dialledAt >= options.RegistrationTimeout)
            BeginClose(new Problem(ProblemCodes.TimedOut, $"No 'agent_register' came within {options.RegistrationTimeout.TotalSeconds} s."));
        else if (Registered && now - HeardAt >= LinkProtocol.Silence)
            BeginClose(new Problem(ProblemCodes.TimedOut, $"Nothing was heard from the agent for {LinkProtocol.Silence.TotalSeconds} s."));
        else if (_reason is null)
            _pulse?.Tick(now, HeardAt);
    }

    public Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation) => _queries.RunAsync(task, cancellation);

    public Task<Outcome<Done>> SendAsync(TaskMessage message) => _tasks?.SendAsync(message) ?? Task.FromResult<Outcome<Done>>(
        new Problem(ProblemCodes.AgentLacksCapability, "The agent runs no tasks: it is older than the centre, or its policy enables none."));

    public async Task<bool> PingAsync()
    {
        if (_reason is not null)
            return false;
        var ping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ping = Interlocked.CompareExchange(ref _ping, ping, null) ?? ping;
        if (!_sender.TryPost(new Heartbeat(), "ping"))
            return false;
        try
        {
            await ping.Task.WaitAsync(s_pingTimeout, _gateway.Time, _abort.Token);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    public Task<DateTimeOffset?> LastHeardAsync(string session) =>
        Task.FromResult<DateTimeOffset?>(_reason is null && _open?.Session == session ? HeardAt : null);

    public Task CloseAsync(Problem reason)
    {
        BeginClose(reason);
        return Task.CompletedTask;
    }

    /// <summary>Tells the agent why and closes. The first reason counts.</summary>
    public void BeginClose(Problem reason, string? inAnswerTo = null)
    {
        lock (_lock)
        {
            if (_reason is not null)
                return;
            _reason = reason;
            _queries.End();
            _abort.CancelAfter(_gateway.Options.CloseTimeout);
            _closing = SendCloseAsync(reason, inAnswerTo);
        }
    }

    public void Dispose() => _abort.Dispose();

    private void Abort(Problem reason)
    {
        BeginClose(reason);
        try
        {
            _abort.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    private async Task ReceiveAsync()
    {
        using var frame = new FrameAssembler();
        while (true)
        {
            ValueWebSocketReceiveResult piece;
            try
            {
                piece = await _socket.ReceiveAsync(frame.Free, _abort.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
            {
                return;
            }
            if (piece.MessageType == WebSocketMessageType.Close)
                return;
            // Whoever is being told why reads it only if the rest of what he sent is read too.
            var problem = _reason is null ? await AcceptAsync(frame, piece) : null;
            if (problem is not null)
                BeginClose(problem);
            if (piece.EndOfMessage || _reason is not null)
                frame.Reset();
        }
    }

    private async ValueTask<Problem?> AcceptAsync(FrameAssembler frame, ValueWebSocketReceiveResult piece)
    {
        HeardAt = _gateway.Time.GetUtcNow();
        var binary = piece.MessageType == WebSocketMessageType.Binary;
        if (frame.Accept(piece.Count, binary) is { } tooLarge)
            return tooLarge;
        if (!piece.EndOfMessage)
            return null;
        _gateway.Metrics.Received(frame.Frame.Length);
        if (binary && _files is not null && BlockCodec.KindOf(frame.Frame) is BlockKind.FileBlock)
            return await _files.ReceiveAsync(frame.Whole);
        if (binary)
        {
            return BlockCodec.KindOf(frame.Frame) switch
            {
                BlockKind.MetricBatch when _metrics is not null => _metrics.Receive(frame.Frame),
                BlockKind.LogChunk when _tasks is not null => _tasks.ReceiveChunk(frame.Frame),
                _ => _queries.Receive(frame.Frame),
            };
        }
        var read = FrameCodec.Read(frame.Frame);
        if (!read.Ok)
            return read.Problem;
        if (_queries.Receive(read.Value) is { } wrong)
            return wrong;
        if (read.Value.Data is not AgentRegister register)
            return OnMessage(read.Value);
        await RegisterAsync(register, read.Value.Id);
        return null;
    }

    private Problem? OnMessage(Frame frame)
    {
        switch (frame.Data)
        {
            case TaskStates states:
                return _tasks?.Receive(states);
            case TaskComplete { Attempt: > 0 } completion when _tasks is not null:
                return _tasks.Complete(completion);
            case TaskComplete completion:
                return _queries.Complete(completion);
            case AgentStatusReport status:
                _pulse?.Note(status.Databases);
                return null;
            case FileOpen open:
                return _files?.Receive(open);
            case FileState state:
                return _files?.Receive(state);
            case Heartbeat when frame.Id is not null:
                return _sender.TryPost(new Ack(), frame.Id)
                    ? null
                    : new Problem(ProblemCodes.LinkStalled, "The agent asks for answers and doesn't take them.");
            case Ack:
                Interlocked.Exchange(ref _ping, null)?.TrySetResult();
                return null;
            case LinkError error:
                _gateway.Log.AgentSays(_key, error.Code, error.Message);
                return null;
            default:
                return null;
        }
    }

    private async Task RegisterAsync(AgentRegister message, string? id)
    {
        _registering = true;
        var form = LinkRegistration.From(message);
        if (!form.Ok)
        {
            Refuse(form.Problem, id);
            return;
        }
        _key = GrainKeys.Join(form.Value.Tenant, form.Value.Hello.Agent);
        var agent = _gateway.Grains.Get<IAgent>(_key);
        _self = _gateway.Observers.Register<IAgentLink>(this);
        Outcome<AgentSession> accepted;
        try
        {
            accepted = await agent.ConnectAsync(form.Value.Hello, _self);
        }
        catch (Exception e)
        {
            _gateway.Log.GrainFailed(_key, e);
            accepted = new Problem(ProblemCodes.Unavailable, "The centre can't answer just now; dial again.") { RetryAfterSeconds = 1 };
        }
        if (!accepted.Ok)
        {
            Refuse(accepted.Problem, id);
            return;
        }
        await OpenAsync(agent, accepted.Value, message, id);
    }

    private async Task OpenAsync(IAgent agent, AgentSession accepted, AgentRegister message, string? id)
    {
        var capabilities = message.Facts.Capabilities.Intersect(_gateway.Options.Capabilities)
            .Where(capability => capability != LinkProtocol.Files || _gateway.Files is not null).ToList();
        _queries.Open(capabilities);
        _open = new OpenLink(_key, agent, accepted.Session, _self!, accepted.Config);
        _pulse = new LinkPulse(_gateway, _open, _sender, problem => BeginClose(problem));
        if (capabilities.Contains(LinkProtocol.Metrics))
        {
            _metrics = new LinkMetrics(_gateway, _open, _sender, problem => BeginClose(problem));
            _takingMetrics = _metrics.RunAsync();
        }
        if (capabilities.Contains(LinkProtocol.Tasks))
            _tasks = new LinkTasks(_gateway, _open, _sender);
        if (_gateway.Files is { } files && capabilities.Contains(LinkProtocol.Files))
            _files = new LinkFiles(_gateway, files, _open, _sender);
        _onRegistered();
        _gateway.Metrics.LinkOpened();
        _gateway.Log.Linked(_key, _remote, accepted.Session, accepted.Enrolled);
        await _sender.SendAsync(new Ack(new Registered
        {
            Version = LinkProtocol.Version,
            Session = accepted.Session,
            Enrolled = accepted.Enrolled,
            Capabilities = capabilities,
            Config = accepted.Config,
        }), id, CancellationToken.None);
        _queries.Start();
    }

    private void Refuse(Problem problem, string? id)
    {
        _gateway.Log.Refused(_key, _remote, problem.Code, problem.Message);
        BeginClose(problem, id);
    }

    private async Task SendCloseAsync(Problem reason, string? inAnswerTo)
    {
        // Off the caller's lock.
        await Task.Yield();
        _gateway.Metrics.Error(reason.Code);
        await _sender.SendAsync(LinkError.From(reason), inAnswerTo, CancellationToken.None);
        await _sender.CloseAsync(
            reason.Code == ProblemCodes.Unavailable ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.PolicyViolation, reason.Code);
    }

    private async Task EndAsync()
    {
        lock (_lock)
            _reason ??= new Problem(ProblemCodes.LinkLost, "The agent closed the link or its connection broke.");
        _queries.End();
        await _closing;
        if (_socket.State == WebSocketState.CloseReceived)
            await _sender.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        await _abort.CancelAsync();
        _metrics?.End();
        _tasks?.End();
        await _takingMetrics;
        if (_files is not null)
            await _files.EndAsync();
        if (_pulse is not null)
            await _pulse.Running;
        if (_self is not null)
            _gateway.Observers.Release(_self);
        if (_open is null)
            return;
        _gateway.Metrics.LinkClosed();
        _gateway.Log.Ended(_key, _remote, _reason.Code, _reason.Message);
        try
        {
            await _open.Agent.DisconnectAsync(_open.Session);
        }
        catch (Exception e)
        {
            _gateway.Log.GrainFailed(_key, e);
        }
    }
}
