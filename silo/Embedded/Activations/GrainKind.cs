using System.Collections.Concurrent;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Activations;

/// <summary>All grains of one contract on one host, and which of them are active.</summary>
internal sealed class GrainKind(EmbeddedHost host, GrainRegistration registration)
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);

    public EmbeddedHost Host => host;

    /// <summary>The name in the store and in messages.</summary>
    public string Name => registration.Name;

    public IEnumerable<Activation> Activations => _activations.Select(entry => entry.Value);

    public int Count => _activations.Count;

    public object Reference(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return registration.Reference(new GrainTarget(this, key));
    }

    public object Create(IActivation activation) => registration.Create(activation);

    /// <summary>Queues a turn for the grain of this key, active or not; fails it when that can't be done.</summary>
    /// <param name="found">The activation that had the key the last time, or null. Saves looking it up.</param>
    public void Send(string key, Turn turn, ref Activation? found, bool bounded = true)
    {
        var spinner = default(SpinWait);
        while (true)
        {
            var activation = found ??= _activations.GetOrAdd(key, static (k, kind) => new Activation(kind, k), this);
            if (host.IsDown)
            {
                activation.Abandon();
                turn.Fail(EmbeddedHost.Stopped());
                return;
            }
            switch (activation.Add(turn, bounded))
            {
                case Mailbox.Admission.Full:
                    host.Counters.Refused();
                    turn.Fail(new MailboxFullException(
                        $"{activation.Name} has {host.Options.MailboxLimit} calls waiting and takes no more. Call it less often, or "
                        + "do less work in each call."));
                    return;
                case Mailbox.Admission.Closed:
                    // It ends at this moment; its successor takes over what waits, in order, before it can be found.
                    found = null;
                    spinner.SpinOnce();
                    break;
                default:
                    return;
            }
        }
    }

    /// <summary>The activation is over. What waited for it goes to a new one.</summary>
    public void Replace(Activation ended, List<Turn> waiting)
    {
        var successor = default(Activation);
        foreach (var turn in waiting)
        {
            if (turn.NeedsGrain && !turn.IsOver)
                (successor ??= new Activation(this, ended.Key)).Preload(turn);
            else
                turn.Fail(EmbeddedHost.Stopped());
        }
        if (successor is null)
        {
            _activations.TryRemove(KeyValuePair.Create(ended.Key, ended));
            return;
        }
        _activations.TryUpdate(ended.Key, successor, ended);
        successor.Start();
        if (host.IsDown)
            successor.Abandon();
    }
}
