using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Activations;

namespace Outrider.Silo.Embedded;

/// <inheritdoc/>
internal sealed class HostGrains(IReadOnlyDictionary<Type, GrainKind> kinds) : IGrains
{
    public TGrain Get<TGrain>(string key) where TGrain : class, IGrain =>
        kinds.TryGetValue(typeof(TGrain), out var kind)
            ? (TGrain)kind.Reference(key)
            : throw new InvalidOperationException(
                $"{typeof(TGrain).Name} isn't registered. Add it to the {nameof(GrainRegistry)} before the host is made.");
}
