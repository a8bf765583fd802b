using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Observers;

/// <summary>
/// A local object that grains call. Calls start in the order they came, on the pool and never inside the calling grain's turn; each
/// starts when the one before it first waits, so that they overlap.
/// </summary>
internal sealed class ObserverTarget(EmbeddedHost host, string address, object observer) : CallTarget, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<Turn> _waiting = new();
    private readonly HashSet<Turn> _open = [];
    private bool _scheduled;
    private bool _released;

    internal override string Name => $"observer {address}";

    internal override EmbeddedHost Host => host;

    internal override void Send(Turn call)
    {
        lock (_gate)
        {
            if (_released)
            {
                call.Fail(Gone(address));
                return;
            }
            if (_open.Count >= host.Options.MailboxLimit)
            {
                host.Counters.Refused();
                call.Fail(new MailboxFullException($"{Name} has {_open.Count} calls open and takes no more. Call it less often."));
                return;
            }
            _open.Add(call);
            _waiting.Enqueue(call);
            if (_scheduled)
                return;
            _scheduled = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Calls that haven't started fail; those that run may still answer.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _released = true;
            while (_waiting.TryDequeue(out var call))
                call.Fail(Gone(address));
        }
    }

    /// <summary>Fails the calls whose deadline has passed.</summary>
    public void Sweep(int now)
    {
        Turn[] overdue;
        lock (_gate)
        {
            if (_open.Count == 0)
                return;
            overdue = [.. _open.Where(call => call.Deadline <= now)];
            _open.ExceptWith(overdue);
        }
        foreach (var call in overdue)
            call.OnDeadline();
    }

    /// <summary>Fails everything, because the host is gone.</summary>
    public void Abandon()
    {
        Release();
        lock (_gate)
        {
            foreach (var call in _open)
                call.Fail(EmbeddedHost.Stopped());
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            Turn? call;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out call))
                {
                    _scheduled = false;
                    return;
                }
            }
            _ = RunAsync(call);
        }
    }

    internal static ObserverGoneException Gone(string address) =>
        new($"Observer {address} is gone: it was released, or belonged to an earlier run. Wait until it attaches again.");

    private async Task RunAsync(Turn call)
    {
        if (!call.IsOver)
            await call.RunAsync(observer);
        lock (_gate)
            _open.Remove(call);
        call.Answer();
    }
}
