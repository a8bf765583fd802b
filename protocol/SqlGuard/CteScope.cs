namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// The common table expressions that a table name can mean at one place of a query. A name becomes visible after its
/// definition and until its query ends; the server compares names with case (com.starrocks.sql.analyzer.Scope).
/// </summary>
internal sealed class CteScope
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _visible = new(StringComparer.Ordinal);

    public int Depth => _names.Count;

    public bool Contains(string name) => _visible.ContainsKey(name);

    public void Define(string name)
    {
        _names.Add(name);
        _visible[name] = _visible.GetValueOrDefault(name) + 1;
    }

    /// <summary>Forgets what was defined since <see cref="Depth"/> had this value.</summary>
    public void CloseTo(int depth)
    {
        for (; _names.Count > depth; _names.RemoveAt(_names.Count - 1))
        {
            if (--_visible[_names[^1]] == 0)
                _visible.Remove(_names[^1]);
        }
    }
}
