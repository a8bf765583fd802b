using Outrider.Grains.Agents;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IAgent"/>
public interface IAgentGrain : IAgent, IGrainWithStringKey;
