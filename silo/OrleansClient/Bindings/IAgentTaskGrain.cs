using Outrider.Grains.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IAgentTask"/>
public interface IAgentTaskGrain : IAgentTask, IGrainWithStringKey;
