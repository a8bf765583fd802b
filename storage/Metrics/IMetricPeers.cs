namespace Outrider.Storage.Metrics;

/// <summary>Other processes on the same store: what they do, and what this one leaves to them.</summary>
internal interface IMetricPeers : IDisposable
{
    /// <summary>Whether this process goes on to maintain the store.</summary>
    bool Leads { get; }

    /// <summary>Learns who is there; comes before all else.</summary>
    ValueTask LoadAsync(CancellationToken cancellation);

    /// <summary>Learns who came and went, as of about a second ago.</summary>
    ValueTask RefreshAsync(CancellationToken cancellation);

    /// <summary>Learns who came and went, as of now.</summary>
    ValueTask RefreshNowAsync(CancellationToken cancellation);

    /// <summary>Learns what others wrote of an agent, under its gate. One that is gone is removed.</summary>
    ValueTask CatchUpAsync(TenantMetrics tenant, AgentMetrics agent, CancellationToken cancellation);

    /// <summary>Learns the latest samples of agents, as far as this process didn't write them.</summary>
    ValueTask CatchUpLatestAsync(TenantMetrics tenant, IReadOnlyCollection<AgentMetrics> agents, CancellationToken cancellation);

    /// <summary>Learns what others wrote of agents of late, the last few batches of each.</summary>
    ValueTask CatchUpRecentAsync(IReadOnlyCollection<AgentMetrics> agents, CancellationToken cancellation);

    /// <summary>Where the samples of agents are to be looked for.</summary>
    /// <param name="agents">The agents.</param>
    /// <param name="step">Of the steps that are read, in milliseconds; 1: samples.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<Func<AgentMetrics, IAgentWork>> FindWorkAsync(
        IReadOnlyCollection<AgentMetrics> agents, long step, CancellationToken cancellation);

    /// <summary>Begins or goes on to maintain the store, knowing what is due. False: another process maintains it.</summary>
    ValueTask<bool> LeadAsync(CancellationToken cancellation);

    /// <summary>Lets another process maintain the store.</summary>
    ValueTask StopLeadingAsync();
}
