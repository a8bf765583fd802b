using Outrider.Grains.Runtime;
using Outrider.Protocol.Link;
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

    /// <summary>As <see cref="ConnectAsync"/>, for an agent that holds no link but posts. A link that it has besides stays.</summary>
    [Idempotent]
    Task<Outcome<AgentSession>> RegisterAsync(AgentHello hello);

    /// <summary>
    /// The link of this session lives and was heard: re-attaches it, and says what the agent shall keep to now. <c>conflict</c>: another
    /// session has replaced it.
    /// </summary>
    [Idempotent]
    Task<Outcome<LinkConfig>> KeepAliveAsync(string session, AgentPulse pulse, ObserverRef<IAgentLink> link);

    /// <summary>
    /// Takes a batch of measurements (docs/formats/metric-batch.md) over the link of this session; it is stored for good when this
    /// succeeds, and once however often it comes. A problem with a time to retry: send it again then. <c>conflict</c>: another session has
    /// replaced this one. Another problem: it is never taken.
    /// </summary>
    [Idempotent]
    Task<Outcome<Done>> ReportAsync(string session, byte[] batch);

    /// <summary>
    /// A sign of life of an agent that posts, with a batch or (null) without. Problems as of
    /// <see cref="ConnectAsync"/> and <see cref="ReportAsync"/>.
    /// </summary>
    [Idempotent]
    Task<Outcome<AgentPosted>> PostAsync(string credentialHash, byte[]? batch);

    /// <summary>Asks this of the agent, from its next pulse on. <c>agent_not_found</c>, <c>invalid_argument</c>.</summary>
    Task<Outcome<AgentSettings>> SetSettingsAsync(AgentSettings settings);

    /// <summary>What is asked of this agent. <c>agent_not_found</c>.</summary>
    [Idempotent]
    Task<Outcome<AgentSettings>> GetSettingsAsync();

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
