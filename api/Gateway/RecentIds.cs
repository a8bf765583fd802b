namespace Outrider.Api.Gateway;

/// <summary>The newest ids of a bounded number. Not thread-safe.</summary>
internal sealed class RecentIds(int most)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    public bool Contains(string id) => _ids.Contains(id);

    public void Add(string id)
    {
        if (!_ids.Add(id))
            return;
        _order.Enqueue(id);
        if (_order.Count > most)
            _ids.Remove(_order.Dequeue());
    }

    public void Remove(string id) => _ids.Remove(id);
}
