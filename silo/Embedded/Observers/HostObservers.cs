using System.Collections.Concurrent;
using System.Globalization;
using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Calls;
using Outrider.Silo.Embedded.References;

namespace Outrider.Silo.Embedded.Observers;

/// <inheritdoc/>
internal sealed class HostObservers(EmbeddedHost host) : IObservers
{
    // In every address: a reference that was saved by an earlier run must not reach somebody else now.
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, ObserverTarget> _targets = new(StringComparer.Ordinal);
    private long _last;

    public IEnumerable<ObserverTarget> Targets => _targets.Select(entry => entry.Value);

    public ObserverRef<T> Register<T>(T target) where T : class, IGrainObserver
    {
        ReferenceCompiler.Factory(typeof(T));
        var address = $"{_run}/{Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture)}";
        _targets[address] = new ObserverTarget(host, address, target);
        return new ObserverRef<T>(address);
    }

    public void Release<T>(ObserverRef<T> reference) where T : class, IGrainObserver
    {
        if (_targets.TryRemove(reference.Address, out var target))
            target.Release();
    }

    public T Get<T>(ObserverRef<T> reference) where T : class, IGrainObserver
    {
        CallTarget target = _targets.TryGetValue(reference.Address, out var found) ? found : new GoneTarget(host, reference.Address);
        return (T)ReferenceCompiler.Factory(typeof(T))(target);
    }
}
