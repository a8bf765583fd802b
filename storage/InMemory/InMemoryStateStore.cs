using System.Globalization;
using Outrider.Storage.State;

namespace Outrider.Storage.InMemory;

/// <summary>Grain state that lives as long as this object. For tests: it outlives the hosts that use it, as a disk would.</summary>
public sealed class InMemoryStateStore : IStateStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Grain, string Key), StoredState> _states = [];
    private long _lastEtag;

    public ValueTask<StoredState?> ReadAsync(string grain, string key, CancellationToken cancellation)
    {
        lock (_gate)
            return new(_states.GetValueOrDefault((grain, key)));
    }

    public ValueTask<string?> WriteAsync(
        string grain, string key, ReadOnlyMemory<byte> state, string? etag, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_states.GetValueOrDefault((grain, key))?.Etag != etag)
                return new((string?)null);
            var next = (++_lastEtag).ToString(CultureInfo.InvariantCulture);
            _states[(grain, key)] = new StoredState(state.ToArray(), next);
            return new(next);
        }
    }

    public ValueTask<bool> ClearAsync(string grain, string key, string? etag, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_states.GetValueOrDefault((grain, key))?.Etag != etag)
                return new(false);
            _states.Remove((grain, key));
            return new(true);
        }
    }
}
