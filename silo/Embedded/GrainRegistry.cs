using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Activations;
using Outrider.Silo.Embedded.References;

namespace Outrider.Silo.Embedded;

/// <summary>Which grains there are. Filled once, before the host is made.</summary>
public sealed class GrainRegistry
{
    private readonly Dictionary<Type, GrainRegistration> _registrations = [];

    internal IEnumerable<GrainRegistration> Registrations => _registrations.Values;

    /// <summary>Adds a grain: <c>Add&lt;IAgent>("agent", a => new Agent(a.Context, a.State&lt;AgentState>()))</c>.</summary>
    /// <param name="name">Names the grain in the store and in messages: never changes, because saved state hangs on it.</param>
    /// <param name="create">Makes the grain for one activation. State is read after this.</param>
    /// <exception cref="ArgumentException">The contract breaks a rule of <see cref="IGrain"/>, or it or the name was added before.</exception>
    public GrainRegistry Add<TGrain>(string name, Func<IActivation, TGrain> create) where TGrain : class, IGrain
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_registrations.Values.Any(registered => registered.Name == name))
            throw new ArgumentException($"There is a grain '{name}' already. Give each its own name.", nameof(name));
        var registration = new GrainRegistration(name, typeof(TGrain), ReferenceCompiler.Factory(typeof(TGrain)), create);
        if (!_registrations.TryAdd(typeof(TGrain), registration))
            throw new ArgumentException($"{typeof(TGrain).Name} was added already. A contract has one grain.", nameof(create));
        return this;
    }
}
