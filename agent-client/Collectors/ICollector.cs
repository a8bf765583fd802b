namespace Outrider.Agent.Collectors;

/// <summary>
/// Measures one thing. Each collector runs by itself, on its own interval and within its own time limit; one that fails, hangs or is slow
/// costs the others nothing.
/// </summary>
public interface ICollector
{
    /// <summary>Names it in settings and in the agent's own metrics: <c>host</c>, or <c>scrape:fe1</c>.</summary>
    string Name { get; }

    /// <summary>How often it runs unless the centre or the machine's owner says otherwise.</summary>
    TimeSpan Interval { get; }

    /// <summary>A run that takes longer is given up, and what it measures is thrown away.</summary>
    TimeSpan TimeLimit { get; }

    /// <summary>
    /// Measures once. Never called while a run of it is still under way. What can't be known is left out, never 0. A failure that leaves
    /// nothing to say is an exception.
    /// </summary>
    /// <param name="to">Takes what was measured; its time is the run's.</param>
    /// <param name="cancellation">Fires at the time limit, or when the agent stops.</param>
    ValueTask CollectAsync(Readings to, CancellationToken cancellation);
}
