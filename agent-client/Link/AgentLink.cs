using System.Net.WebSockets;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Link;

/// <summary>One link: from the socket just dialled until it is lost.</summary>
internal sealed class AgentLink : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    /// <summary>Answers to a centre that does not take them, until the link is given up.</summary>
    private const int MaxUnanswered = 16;

    private readonly WebSocket _socket;
    private readonly LinkedAgent _agent;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost;
    private readonly FrameSender _sender;
    private readonly LinkedTasks _tasks;
    private readonly AgentConversation _conversation = new();
    private MetricSender? _metricSender;
    private Task _sendingMetrics = Task.CompletedTask;
    private long _heardAt;
    private long _askedAt;
    private Problem? _reason;
    private int _statusDue;
    private int _unanswered;

    public AgentLink(WebSocket socket, LinkedAgent agent, GarbageBudget garbage)
    {
        (_socket, _agent, _time) = (socket, agent, agent.Time);
        _lost = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _sender = new FrameSender(socket, _time, _lost.Token);
        _tasks = new LinkedTasks(agent, _sender, garbage, _lost.Token);
        _heardAt = _time.GetTimestamp();
    }

    /// <summary>Registers and serves the centre until the link is lost or the agent stops.</summary>
    public async Task<LinkEnd> RunAsync(CancellationToken stopping)
    {
        await using var timer = _time.CreateTimer(_ => Tick(), null, s_tick, s_tick);
        using var stop = stopping.Register(() => End(new Problem(ProblemCodes.Unavailable, "The agent stops."), tell: false));
        if (_agent.Status is { } status)
            status.Changed += OnStatusChanged;
        try
        {
            Interlocked.Exchange(ref _askedAt, _time.GetTimestamp());
            await _sender.SendAsync(_agent.Hello, AgentConversation.RegisterId);
            await ReceiveAsync();
        }
        finally
        {
            if (_agent.Status is { } watched)
                watched.Changed -= OnStatusChanged;
            await _lost.CancelAsync();
            await _sendingMetrics;
            await _tasks.EndAsync();
        }
        var reason = _reason ?? new Problem(ProblemCodes.LinkLost, "The link to the centre broke.");
        return new LinkEnd(_conversation.Agreed is not null, reason);
    }

    public void Dispose()
    {
        _metricSender?.Dispose();
        _lost.Dispose();
        _socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        using var frame = new FrameAssembler();
        while (true)
        {
            ValueWebSocketReceiveResult piece;
            try
            {
                piece = await _socket.ReceiveAsync(frame.Free, _lost.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
            {
                return;
            }
            if (piece.MessageType == WebSocketMessageType.Close)
            {
                // Answered, so that the centre needn't wait; it may have been answered already.
                await _sender.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
                return;
            }
            Interlocked.Exchange(ref _heardAt, _time.GetTimestamp());
            if (_reason is null && Accept(frame, piece) is { } wrong)
                End(wrong, tell: true);
            if (piece.EndOfMessage || _reason is not null)
                frame.Reset();
        }
    }

    private Problem? Accept(FrameAssembler frame, ValueWebSocketReceiveResult piece)
    {
        if (piece.MessageType == WebSocketMessageType.Binary)
            return new Problem(ProblemCodes.FrameUnknownType, "A binary frame of a kind that was not agreed on for this link.");
        if (frame.Accept(piece.Count, binary: false) is { } tooLarge)
            return tooLarge;
        if (!piece.EndOfMessage)
            return null;
        var read = FrameCodec.Read(frame.Frame);
        if (!read.Ok)
            return read.Problem;
        if (_conversation.Receive(read.Value) is { } wrong)
            return wrong;
        return Act(read.Value);
    }

    /// <summary>Does what a frame asks for, without waiting for it. A problem is a violation.</summary>
    private Problem? Act(Frame frame)
    {
        switch (frame.Data)
        {
            case Ack { Registered: { } agreed }:
                _agent.Log.Info($"Linked as '{_agent.Hello.Agent}', session {agreed.Session}{(agreed.Enrolled ? ", enrolled now" : "")}.");
                ObserveClock(frame);
                OnStatusChanged();
                OnAgreed(agreed);
                return null;
            case Ack:
                ObserveClock(frame);
                return null;
            case LinkConfig config:
                _agent.Metrics?.Apply(config);
                return null;
            case MetricsAck answer:
                return _metricSender?.Answer(answer, frame.Ts) == true ? null : NoSuchBatch(answer);
            case TaskCreate task:
                return _tasks.Create(task);
            case TaskCancel cancel:
                _tasks.Cancel(cancel.TaskId);
                return null;
            case TaskLog log:
                _agent.Engine?.Continue(log);
                return null;
            case TaskAck ack:
                _agent.Engine?.Forget(ack);
                return null;
            case Heartbeat when frame.Id is not null:
                if (Interlocked.Increment(ref _unanswered) > MaxUnanswered)
                    return new Problem(ProblemCodes.LinkStalled, "The centre asks for answers and doesn't take them.");
                _ = AnswerAsync(frame.Id);
                return null;
            case LinkError error:
                _reason ??= error.ToProblem();
                return null;
            default:
                return null;
        }
    }

    private async Task AnswerAsync(string id)
    {
        await _sender.SendAsync(new Ack(), id);
        Interlocked.Decrement(ref _unanswered);
    }

    /// <summary>Sends how the databases are, once more if that changed meanwhile.</summary>
    private void OnStatusChanged()
    {
        if (_agent.Status is not null && _conversation.Agreed is not null && Interlocked.Increment(ref _statusDue) == 1)
            _ = SendStatusAsync();
    }

    private async Task SendStatusAsync()
    {
        int sent;
        do
        {
            sent = Volatile.Read(ref _statusDue);
            await _sender.SendAsync(new AgentStatusReport { Databases = _agent.Databases ?? [] }, null);
        }
        while (Interlocked.Add(ref _statusDue, -sent) != 0);
    }

    private void Tick()
    {
        if (_sender.Waiting >= LinkProtocol.Stall)
            Abort(new Problem(ProblemCodes.LinkStalled, $"The centre took nothing for {LinkProtocol.Stall.TotalSeconds} s."));
        else if (_time.GetElapsedTime(Interlocked.Read(ref _heardAt)) >= LinkProtocol.Silence)
            Abort(new Problem(ProblemCodes.TimedOut, $"Nothing was heard from the centre for {LinkProtocol.Silence.TotalSeconds} s."));
        else if (_conversation.Agreed is not null && _sender.Waiting == TimeSpan.Zero
            && _sender.Idle >= TimeSpan.FromSeconds(_conversation.Config.HeartbeatSeconds))
        {
            Interlocked.Exchange(ref _askedAt, _time.GetTimestamp());
            _ = _sender.SendAsync(new Heartbeat(), "heartbeat");
        }
    }

    /// <summary>A centre that can't store measurements gets none; they wait in the spool for one that can.</summary>
    private void OnAgreed(Registered agreed)
    {
        _tasks.Begin(agreed);
        _agent.Metrics?.Apply(agreed.Config);
        if (_agent.Metrics is not { } metrics || !agreed.Capabilities.Contains(LinkProtocol.Metrics))
            return;
        _metricSender = metrics.CreateSender(
            batch => _sender.SendAsync(BlockKind.MetricBatch, batch.Boot, (uint)batch.Seq, batch.Bytes, CancellationToken.None));
        _sendingMetrics = Task.Run(() => _metricSender.RunAsync(_lost.Token), CancellationToken.None);
    }

    private void ObserveClock(Frame answer)
    {
        if (Interlocked.Exchange(ref _askedAt, 0) is not 0 and var askedAt)
            _agent.Metrics?.Clock.Observe(_time.GetElapsedTime(askedAt), _time.GetUtcNow().ToUnixTimeMilliseconds(), answer.Ts);
    }

    private static Problem NoSuchBatch(MetricsAck answer) =>
        new(ProblemCodes.FrameOutOfOrder, $"'metrics_ack' came for batch {answer.Seq}, which was not sent over this link or was answered before.");

    private void Abort(Problem reason)
    {
        _reason ??= reason;
        Cancel(TimeSpan.Zero);
    }

    /// <summary>Ends the link in good order; the centre has a moment to answer.</summary>
    private void End(Problem reason, bool tell)
    {
        _reason ??= reason;
        Cancel(s_farewell);
        _ = SendFarewellAsync(reason, tell);
    }

    private async Task SendFarewellAsync(Problem reason, bool tell)
    {
        if (tell)
            await _sender.SendAsync(LinkError.From(reason), null);
        await _sender.CloseAsync(tell ? WebSocketCloseStatus.PolicyViolation : WebSocketCloseStatus.NormalClosure, reason.Code);
    }

    private void Cancel(TimeSpan after)
    {
        try
        {
            if (after > TimeSpan.Zero)
                _lost.CancelAfter(after);
            else
                _lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }
}
