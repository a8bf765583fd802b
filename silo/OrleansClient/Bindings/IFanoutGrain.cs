using Outrider.Grains.Tasks;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IFanout"/>
public interface IFanoutGrain : IFanout, IGrainWithStringKey;
