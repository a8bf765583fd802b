using Outrider.Grains.Runtime;

namespace Outrider.Grains.Agents;

/// <summary>Lets the directory know how an agent is: when that changes, and now and then when it is heard. Used by one grain.</summary>
internal sealed class DirectoryNews(GrainContext context, string tenant)
{
    private AgentSummary? _told;

    /// <summary>Tells it if there is news. Not waited for: an agent isn't kept waiting for it, and what is lost is soon told again.</summary>
    /// <param name="agent">How it is; null: it is not enrolled.</param>
    /// <param name="seenEvery">How far behind the time of last hearing may be.</param>
    public void Tell(AgentSummary? agent, TimeSpan seenEvery)
    {
        if (agent is not null && !IsNews(agent, seenEvery))
            return;
        _told = agent;
        if (agent is not null)
            _ = context.Grains.Get<IAgentDirectory>(tenant).TellAsync(agent);
    }

    private bool IsNews(AgentSummary agent, TimeSpan seenEvery) =>
        _told is null || _told with { LastSeenAt = agent.LastSeenAt } != agent || agent.LastSeenAt - _told.LastSeenAt >= seenEvery;
}
