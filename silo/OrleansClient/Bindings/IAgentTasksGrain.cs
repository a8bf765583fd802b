using Outrider.Grains.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IAgentTasks"/>
public interface IAgentTasksGrain : IAgentTasks, IGrainWithStringKey;
