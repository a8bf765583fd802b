using Outrider.Grains.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.OrleansClient.Calls;

/// <inheritdoc/>
public sealed class OrleansGrains(IGrainFactory factory, ContractBindings bindings) : IGrains
{
    public TGrain Get<TGrain>(string key) where TGrain : class, Grains.Runtime.IGrain => (TGrain)bindings.Grain<TGrain>(factory, key);
}
