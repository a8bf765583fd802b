using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>What the centre is told over the link that there is now, if there is one. Guarded by the engine's lock, unless said otherwise.</summary>
internal sealed class TaskTelling
{
    private TaskDelivery? _delivery;

    /// <summary>Whether there is a link.</summary>
    public bool IsLinked => _delivery is not null;

    /// <summary>A link begins: over it everything is told anew, output only from where the centre asks for it.</summary>
    public void Attach(TaskDelivery delivery, IReadOnlyCollection<TaskEntry> tasks)
    {
        Detach(_delivery, tasks);
        Volatile.Write(ref _delivery, delivery);
        foreach (var ended in tasks.Where(entry => entry.Phase == TaskPhase.Ended))
            delivery.Due(ended);
    }

    /// <summary>A link is over; unless another has begun meanwhile, there is none.</summary>
    public void Detach(TaskDelivery? delivery, IReadOnlyCollection<TaskEntry> tasks)
    {
        if (_delivery != delivery)
            return;
        Volatile.Write(ref _delivery, null);
        foreach (var entry in tasks)
        {
            entry.WantedFrom = null;
            entry.Output?.Detach();
        }
    }

    /// <summary>A task is doing otherwise than it did.</summary>
    /// <param name="entry">The task.</param>
    /// <param name="status">As in <see cref="TaskReport"/>.</param>
    /// <param name="position">While pending: how many go before it.</param>
    public void Tell(TaskEntry entry, string status, int? position = null)
    {
        entry.Report = new TaskReport(entry.TaskId, entry.Attempt, status, position, entry.StartedAt);
        Again(entry);
    }

    /// <summary>Tells again how a task is doing.</summary>
    public void Again(TaskEntry entry)
    {
        if (entry is { Forgotten: false, Report: not null })
            _delivery?.Changed(entry);
    }

    /// <summary>Tells of tasks that wait whose place has changed.</summary>
    /// <param name="waiting">From the first on, in order.</param>
    public void TellPlaces(IEnumerable<TaskEntry> waiting)
    {
        var place = 0;
        foreach (var entry in waiting)
        {
            if (entry.Report?.Position != place)
                Tell(entry, TaskStatuses.Pending, place);
            place++;
        }
    }

    /// <summary>There may be output or an end to send. Thread-safe.</summary>
    public void Due(TaskEntry entry) => Volatile.Read(ref _delivery)?.Due(entry);

    /// <summary>Nothing more of a task is to be told.</summary>
    public void Forget(TaskEntry entry) => _delivery?.Forget(entry);
}
