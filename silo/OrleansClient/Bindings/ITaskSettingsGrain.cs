using Outrider.Grains.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="ITaskSettings"/>
public interface ITaskSettingsGrain : ITaskSettings, IGrainWithStringKey;
