using Microsoft.Extensions.Logging;
using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Activations;

/// <summary>
/// One grain in memory. It runs its turns one after the other on threads of the pool, and is the synchronization context of the code
/// in them: whatever a turn awaits, its continuations come back here, one at a time.
/// </summary>
internal sealed class Activation : SynchronizationContext, IThreadPoolWorkItem, IActivation
{
    /// <summary>After this many pieces of work the thread goes to another activation first.</summary>
    private const int WorkPerVisit = 64;

    private readonly GrainKind _kind;
    private readonly Mailbox _mailbox;
    private GrainContext? _context;
    private GrainState? _state;
    private List<IAsyncDisposable>? _attachments;
    private object? _grain;
    private DeactivationReason? _ending;
    private int _lastUsed;
    private volatile bool _abandoned;

    public Activation(GrainKind kind, string key)
    {
        _kind = kind;
        Key = key;
        _mailbox = new Mailbox(kind.Host.Options.MailboxLimit);
        _lastUsed = kind.Host.Now;
    }

    public string Key { get; }

    public string Name => $"{_kind.Name} {Key}";

    public EmbeddedHost Host => _kind.Host;

    public GrainKind Kind => _kind;

    /// <summary>The grain itself; null before it is activated.</summary>
    public object? Grain => _grain;

    /// <summary>Whether a turn waits that counts as use.</summary>
    public bool IsWanted => _mailbox.IsWanted;

    public GrainContext Context => _context ??= new GrainContext
    {
        Key = Key,
        Grains = Host.Grains,
        Timers = new GrainTimers(this),
        Reminders = new Reminders.GrainReminders(this),
        Feeds = new Feeds.GrainFeeds(this),
        Observers = Host.Observers,
        Time = Host.Options.Time,
        Deactivate = () => End(DeactivationReason.Requested),
    };

    public IGrainState<T> State<T>() where T : class, new()
    {
        if (_state is not null)
            throw new InvalidOperationException($"{Name} asks for a second state. A grain has one: put both into one record.");
        var state = new GrainState<T>(this);
        _state = state;
        return state;
    }

    /// <summary>Queues a turn. The caller deals with <see cref="Mailbox.Admission.Full"/> and <see cref="Mailbox.Admission.Closed"/>.</summary>
    public Mailbox.Admission Add(Turn turn, bool bounded)
    {
        var admission = _mailbox.Add(turn, bounded);
        if (admission is Mailbox.Admission.Schedule)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return admission;
    }

    /// <summary>Queues a turn before anybody else can find this activation; <see cref="Start"/> follows.</summary>
    public void Preload(Turn turn) => _mailbox.Preload(turn);

    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Ends this activation after the running turn.</summary>
    public void End(DeactivationReason reason) => _ending ??= reason;

    /// <summary>Disposed when the activation ends: timers and subscriptions.</summary>
    public void Attach(IAsyncDisposable attachment) => (_attachments ??= []).Add(attachment);

    public void Detach(IAsyncDisposable attachment) => _attachments?.Remove(attachment);

    /// <summary>Ends overdue calls, and the activation itself when nobody has used it for long.</summary>
    public void Sweep(int now)
    {
        _mailbox.Sweep(now);
        if (now - _lastUsed >= Host.IdleSweeps && _mailbox.IsIdle)
            Add(new DeactivationTurn(this, DeactivationReason.Idle), bounded: false);
    }

    /// <summary>Drops everything at once, without hooks, as a crash would.</summary>
    public void Abandon()
    {
        _abandoned = true;
        var waiting = _mailbox.Close(out var running);
        running?.Fail(EmbeddedHost.Stopped());
        foreach (var turn in waiting)
            turn.Fail(EmbeddedHost.Stopped());
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException($"{Name}: grain code must not block.");

    public override void Post(SendOrPostCallback d, object? state)
    {
        switch (_mailbox.Post(new PostedWork(d, state)))
        {
            case Mailbox.Admission.Schedule:
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                break;
            case Mailbox.Admission.Closed when !_abandoned:
                // What the grain left running when it ended. It still runs one at a time.
                ThreadPool.UnsafeQueueUserWorkItem(_ => RunLate(new PostedWork(d, state)), null);
                break;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        SetSynchronizationContext(this);
        for (var i = 0; i < WorkPerVisit; i++)
        {
            switch (_mailbox.Take())
            {
                case null:
                    SetSynchronizationContext(null);
                    return;
                case Turn turn:
                    Run(turn);
                    break;
                case PostedWork work:
                    Run(work);
                    break;
            }
        }
        SetSynchronizationContext(null);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Run(PostedWork work)
    {
        if (_abandoned)
            return;
        try
        {
            work.Run();
        }
        catch (Exception e)
        {
            Host.Log.LogError(e, "{Grain}: code that nobody awaits has failed.", Name);
        }
    }

    private void RunLate(PostedWork work)
    {
        lock (_mailbox)
        {
            SetSynchronizationContext(this);
            Run(work);
            SetSynchronizationContext(null);
        }
    }

    private void Run(Turn turn)
    {
        if (_grain is not null && !turn.IsOver)
        {
            // Fast path: the grain is active and the turn ends without waiting; nothing is allocated here.
            var running = turn.RunAsync(_grain);
            if (running.IsCompleted && _ending is null)
                EndTurn(turn);
            else
                _ = FinishAsync(turn, running);
        }
        else
        {
            _ = FinishAsync(turn, StartAsync(turn));
        }
    }

    private async Task StartAsync(Turn turn)
    {
        if (!turn.IsOver && (_grain is not null || !turn.NeedsGrain || await ActivateAsync(turn)))
            await turn.RunAsync(_grain!);
    }

    private async Task FinishAsync(Turn turn, Task running)
    {
        await running;
        if (_ending is { } reason)
        {
            turn.Answer();
            await DeactivateAsync(reason);
        }
        else
        {
            EndTurn(turn);
        }
    }

    private void EndTurn(Turn turn)
    {
        if (turn.KeepsActive)
            _lastUsed = Host.Now;
        _mailbox.EndTurn();
        turn.Answer();
    }

    private async Task<bool> ActivateAsync(Turn turn)
    {
        try
        {
            using var deadline = new CancellationTokenSource(Host.Options.CallDeadline, Host.Options.Time);
            var grain = _kind.Create(this);
            if (_state is not null)
                await _state.ReadAsync(deadline.Token);
            if (grain is Outrider.Grains.Runtime.Grain hooks)
                await hooks.OnActivateAsync(deadline.Token);
            _grain = grain;
            Host.Counters.Activated();
            return true;
        }
        catch (Exception e)
        {
            await DetachAllAsync();
            _state = null;
            _ending = null;
            turn.Fail(e);
            return false;
        }
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        try
        {
            await DetachAllAsync();
            if (_grain is Outrider.Grains.Runtime.Grain hooks)
            {
                using var deadline = new CancellationTokenSource(Host.Options.CallDeadline, Host.Options.Time);
                await hooks.OnDeactivateAsync(reason, deadline.Token);
            }
        }
        catch (Exception e)
        {
            Host.Log.LogError(e, "{Grain}: its deactivation hook has failed.", Name);
        }
        if (_grain is not null)
            Host.Counters.Deactivated();
        _grain = null;
        _kind.Replace(this, _mailbox.Close(out var running));
        (running as DeactivationTurn)?.Fail(EmbeddedHost.Stopped());
    }

    private async Task DetachAllAsync()
    {
        var attachments = _attachments;
        _attachments = null;
        foreach (var attachment in attachments ?? [])
            await attachment.DisposeAsync();
    }
}
