namespace Outrider.Silo.Embedded.Calls;

/// <summary>Where the calls of one reference go. For generated references.</summary>
public abstract class CallTarget
{
    /// <summary>For messages: the grain and its key, or the observer.</summary>
    internal abstract string Name { get; }

    internal abstract EmbeddedHost Host { get; }

    /// <summary>Queues the call; fails it when that can't be done.</summary>
    internal abstract void Send(Turn call);
}
