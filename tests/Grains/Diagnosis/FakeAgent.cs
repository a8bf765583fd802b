using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Grains.Diagnosis;

/// <summary>An agent that only hands out its link.</summary>
internal sealed class FakeAgent(GrainContext context, DiagnosisWorld world) : Grain(context), IAgent
{
    public Task<Outcome<ObserverRef<IAgentLink>>> UseLinkAsync() => Task.FromResult(world.LinkOf(Key));

    public Task<Outcome<AgentSession>> ConnectAsync(AgentHello hello, ObserverRef<IAgentLink> link) => throw new NotSupportedException();

    public Task<Outcome<AgentSession>> RegisterAsync(AgentHello hello) => throw new NotSupportedException();

    public Task<Outcome<LinkConfig>> KeepAliveAsync(string session, AgentPulse pulse, ObserverRef<IAgentLink> link) => throw new NotSupportedException();

    public Task<Outcome<Done>> ReportAsync(string session, byte[] batch) => throw new NotSupportedException();

    public Task<Outcome<AgentPosted>> PostAsync(string credentialHash, byte[]? batch) => throw new NotSupportedException();

    public Task<Outcome<AgentSettings>> SetSettingsAsync(AgentSettings settings) => throw new NotSupportedException();

    public Task<Outcome<AgentSettings>> GetSettingsAsync() => throw new NotSupportedException();

    public Task DisconnectAsync(string session) => throw new NotSupportedException();

    public Task<Outcome<AgentView>> GetAsync() => throw new NotSupportedException();

    public Task<Outcome<Done>> RevokeAsync() => throw new NotSupportedException();
}
