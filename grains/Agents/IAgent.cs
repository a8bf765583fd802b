using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <summary>One agent of one tenant. Key: <c>tenant/agent</c>.</summary>
/// <remarks>Long work is awaited on the link, which the grain hands out, never inside the grain.</remarks>
public interface IAgent : IGrain
{
    /// <summary>
    /// An agent has dialled in. Checks its credential (enrolling it by its token if it is new) and makes this link the agent's.
    /// Problems: <c>unauthenticated</c>, <c>enrolment_refused</c>, <c>agent_exists</c>, <c>agent_connected</c>, <c>agent_revoked</c>,
    /// <c>tenant_disabled</c>, <c>quota_exceeded</c>. Repeated with the same link, it gives that link a new session.
    /// </summary>
    [Idempotent]
    Task<Outcome<AgentSession>> ConnectAsync(AgentHello hello, ObserverRef<IAgentLink> link);

    /// <summary>The link of this session lives and was heard: re-attaches it. <c>conflict</c>: another session has replaced it.</summary>
    [Idempotent]
    Task<Outcome<Done>> KeepAliveAsync(string session, AgentPulse pulse, ObserverRef<IAgentLink> link);

    /// <summary>The link of this session is gone.</summary>
    [Idempotent]
    Task DisconnectAsync(string session);

    /// <summary>How it is; <c>agent_not_found</c> if it never enrolled.</summary>
    [Idempotent]
    Task<Outcome<AgentView>> GetAsync();

    /// <summary>Its link, to await work on: <c>agent_not_found</c>, <c>agent_offline</c> (with when it was last heard).</summary>
    [Idempotent]
    Task<Outcome<ObserverRef<IAgentLink>>> UseLinkAsync();

    /// <summary>Takes its credential away and closes its link. The name may enrol again.</summary>
    Task<Outcome<Done>> RevokeAsync();
}
