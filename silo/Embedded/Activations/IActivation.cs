using Outrider.Grains.Runtime;

namespace Outrider.Silo.Embedded.Activations;

/// <summary>What a grain's constructor can be given, see <see cref="GrainRegistry.Add{TGrain}"/>.</summary>
public interface IActivation
{
    GrainContext Context { get; }

    /// <summary>The grain's durable state; one per grain. It is read after the constructor and before <see cref="Grain.OnActivateAsync"/>.</summary>
    IGrainState<T> State<T>() where T : class, new();
}
