namespace Outrider.Silo.Embedded.Calls;

/// <summary>What an activation does one at a time: a call, a timer's tick, a reminder, an item of a feed.</summary>
internal abstract class Turn : WorkItem
{
    /// <summary>The sweep after which nobody waits any more; see <see cref="EmbeddedHost.Sweep"/>.</summary>
    internal int Deadline { get; set; } = int.MaxValue;

    /// <summary>Nobody waits for it any more: it needn't start.</summary>
    internal abstract bool IsOver { get; }

    /// <summary>Whether it wakes a grain, and goes on to the next activation when this one ends before its turn came.</summary>
    internal virtual bool NeedsGrain => true;

    /// <summary>Whether it counts as use of the grain.</summary>
    internal virtual bool KeepsActive => true;

    /// <summary>Runs on the grain. Never throws: who waits for the turn gets its failure.</summary>
    internal abstract Task RunAsync(object grain);

    /// <summary>It has run and the grain is free for the next one: now its caller may know.</summary>
    internal virtual void Answer()
    {
    }

    /// <summary>It will not run, or its grain is gone.</summary>
    internal abstract void Fail(Exception reason);

    /// <summary>Its deadline has passed, before or while it runs. Called from any thread.</summary>
    internal abstract void OnDeadline();
}
