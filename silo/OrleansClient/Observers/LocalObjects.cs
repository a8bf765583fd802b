using System.Collections.Concurrent;
using System.Globalization;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.OrleansClient.Observers;

/// <summary>The objects of one contract that this process has handed out, by id. Thread-safe.</summary>
public sealed class LocalObjects<TContract> where TContract : class
{
    private readonly ConcurrentDictionary<string, TContract> _objects = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>The object of this id.</summary>
    /// <exception cref="ObserverGoneException">It was released.</exception>
    public TContract Find(string id) => _objects.TryGetValue(id, out var found)
        ? found
        : throw new ObserverGoneException($"{typeof(TContract).Name} {id} was released. Wait until it attaches again.");

    internal string Add(TContract target)
    {
        var id = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        _objects[id] = target;
        return id;
    }

    internal void Remove(string id) => _objects.TryRemove(id, out _);
}
