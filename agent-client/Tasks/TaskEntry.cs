using System.Diagnostics.CodeAnalysis;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>An attempt at a task as the engine has it. What changes is guarded by the engine's lock.</summary>
/// <param name="task">The task's id.</param>
/// <param name="attempt">Which attempt.</param>
/// <param name="type">The task's type.</param>
/// <param name="priority">1 to 10; the higher, the sooner.</param>
/// <param name="arrival">Counts the tasks in the order in which they came.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and its wait handle is never made, so there is nothing to dispose; late callers still find it.")]
internal sealed class TaskEntry(string task, int attempt, string type, int priority, long arrival)
{
    private readonly CancellationTokenSource _stop = new();
    private int _stopReason;

    public string TaskId => task;

    public int Attempt => attempt;

    public string Type => type;

    public int Priority => priority;

    public long Arrival => arrival;

    public TaskPhase Phase { get; set; }

    /// <summary>Its place in the queue while it waits there.</summary>
    public LinkedListNode<TaskEntry>? Place { get; set; }

    /// <summary>Milliseconds since 1970-01-01 UTC; null: not yet.</summary>
    public long? StartedAt { get; set; }

    /// <summary>How it is doing, as the centre is told; null: it isn't told yet.</summary>
    public TaskReport? Report { get; set; }

    /// <summary>Null: it has none.</summary>
    public TaskOutput? Output { get; set; }

    /// <summary>How it ended, where that isn't in the journal: it was refused.</summary>
    public TaskComplete? Refusal { get; set; }

    /// <summary>Nobody wants to know of it any more.</summary>
    public bool Forgotten { get; set; }

    /// <summary>The chunk from which on the centre wants its output over this link; null: it hasn't asked.</summary>
    public uint? WantedFrom { get; set; }

    /// <summary>Why it was told to stop, the first time.</summary>
    public StopReason StopReason => (StopReason)Volatile.Read(ref _stopReason);

    /// <summary>Fires when it is told to stop.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Tells it to stop; what it runs is told by another thread. Thread-safe.</summary>
    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, (int)reason, (int)StopReason.None) == (int)StopReason.None)
            _ = _stop.CancelAsync();
    }
}
