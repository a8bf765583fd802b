using System.Collections.Concurrent;
using Outrider.Grains.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.OrleansClient.Observers;

/// <inheritdoc/>
/// <remarks>
/// One Orleans observer per contract and process holds all its objects: an object that was released is told from a process that is gone
/// at once, where Orleans itself would leave the caller waiting. An address is <c>id@holder</c>.
/// </remarks>
public sealed class OrleansObservers(IGrainFactory factory, ContractBindings bindings) : IObservers
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _holders = new();

    public ObserverRef<T> Register<T>(T target) where T : class, Grains.Runtime.IGrainObserver
    {
        var holder = Held<T>();
        return new ObserverRef<T>($"{holder.Objects.Add(target)}@{holder.Address}");
    }

    public void Release<T>(ObserverRef<T> reference) where T : class, Grains.Runtime.IGrainObserver
    {
        var (id, address) = Parse(reference.Address);
        if (Held<T>() is var holder && holder.Address == address)
            holder.Objects.Remove(id);
    }

    public T Get<T>(ObserverRef<T> reference) where T : class, Grains.Runtime.IGrainObserver
    {
        var (id, address) = Parse(reference.Address);
        return bindings.Observer<T>().Reach(factory, address, id);
    }

    private Holder<T> Held<T>() where T : class, Grains.Runtime.IGrainObserver =>
        (Holder<T>)_holders.GetOrAdd(typeof(T), _ => new Lazy<object>(() => bindings.Observer<T>().Hold(factory))).Value;

    private static (string Id, GrainId Holder) Parse(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && GrainId.TryParse(address[(at + 1)..], out var holder)
            ? (address[..at], holder)
            : throw new ObserverGoneException($"Observer {address} belongs to another host. Wait until it attaches again.");
    }
}
