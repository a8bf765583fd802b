using System.Collections.Concurrent;
using Outrider.Grains.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.OrleansClient.Observers;

/// <inheritdoc/>
/// <remarks>
/// One Orleans observer per contract and process holds all its objects: an object that was released is told from a process that is gone
/// at once, where Orleans itself would leave the caller waiting. An address is <c>id silo holder</c>; a client's silo is '-'.
/// </remarks>
public sealed class OrleansObservers(IGrainFactory factory, ContractBindings bindings, ILocalSiloDetails? silo = null) : IObservers
{
    private readonly string _silo = silo?.SiloAddress.ToParsableString() ?? "-";
    private readonly ConcurrentDictionary<Type, Lazy<object>> _holders = new();

    public ObserverRef<T> Register<T>(T target) where T : class, Grains.Runtime.IGrainObserver
    {
        var holder = Held<T>();
        return new ObserverRef<T>($"{holder.Objects.Add(target)} {_silo} {holder.Address}");
    }

    public void Release<T>(ObserverRef<T> reference) where T : class, Grains.Runtime.IGrainObserver
    {
        var (id, address) = Parse(reference.Address);
        if (Held<T>() is var holder && holder.Address == address)
            holder.Objects.Remove(id);
    }

    /// <summary>The silo that holds the object; null: a client does.</summary>
    public static SiloAddress? SiloOf<T>(ObserverRef<T> reference) where T : class, Grains.Runtime.IGrainObserver =>
        reference.Address.Split(' ') is [_, not "-" and var silo, _] ? SiloAddress.FromParsableString(silo) : null;

    public T Get<T>(ObserverRef<T> reference) where T : class, Grains.Runtime.IGrainObserver
    {
        var (id, address) = Parse(reference.Address);
        return bindings.Observer<T>().Reach(factory, address, id);
    }

    private Holder<T> Held<T>() where T : class, Grains.Runtime.IGrainObserver =>
        (Holder<T>)_holders.GetOrAdd(typeof(T), _ => new Lazy<object>(() => bindings.Observer<T>().Hold(factory))).Value;

    private static (string Id, GrainId Holder) Parse(string address) =>
        address.Split(' ') is [var id, _, var text] && GrainId.TryParse(text, out var holder)
            ? (id, holder)
            : throw new ObserverGoneException($"Observer {address} belongs to another host. Wait until it attaches again.");
}
