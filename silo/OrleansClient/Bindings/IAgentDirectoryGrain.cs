using Outrider.Grains.Agents;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IAgentDirectory"/>
public interface IAgentDirectoryGrain : IAgentDirectory, IGrainWithStringKey;
