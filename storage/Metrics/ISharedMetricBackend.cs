namespace Outrider.Storage.Metrics;

/// <summary>A backend that several processes use at once (docs/adr/0005-metrics-in-a-shared-database.md).</summary>
public interface ISharedMetricBackend : IMetricBackend
{
    /// <summary>
    /// Whether this process is the one that maintains: moves, that is. Another one may be soon after a <see cref="IMetricBackend.MoveAsync"/>
    /// failed, and only then or when it stopped moving for a while.
    /// </summary>
    bool Leads { get; }

    /// <summary>Begins or goes on to maintain, unless another process does. Call it at least every ten seconds.</summary>
    /// <returns>A number that is another one whenever somebody else may have maintained meanwhile; null: another process maintains.</returns>
    ValueTask<long?> LeadAsync(CancellationToken cancellation);

    /// <summary>Lets another process maintain.</summary>
    ValueTask StopLeadingAsync(CancellationToken cancellation);

    /// <summary>An agent, and its series from an ordinal on; null: it is gone.</summary>
    ValueTask<(AgentRow Row, List<SeriesRow> Series)?> ReadAgentAsync(int agent, int firstSeries, CancellationToken cancellation);

    /// <summary>How far agents are; those that are gone are left out.</summary>
    ValueTask<List<AgentHead>> ReadHeadsAsync(IReadOnlyCollection<int> agents, CancellationToken cancellation);

    /// <summary>What is in the journal of agents from after a version, by agent and version.</summary>
    ValueTask<List<(int Agent, JournalEntry Entry)>> ReadJournalAsync(
        IReadOnlyCollection<(int Agent, long After)> agents, CancellationToken cancellation);
}
