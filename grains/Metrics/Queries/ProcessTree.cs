using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>The processes of a snapshot below those that started them, each with what its subtree comes to.</summary>
public sealed class ProcessTree
{
    /// <summary>Levels at most; what would stand deeper stands in the last one.</summary>
    public const int MaxDepth = 12;

    private readonly ProcessTable _table;
    private readonly ProcessSort _sort;
    private readonly ILookup<int, ProcessRow> _children;

    /// <summary>Each before those it started.</summary>
    private readonly List<Entry> _order = [];

    private ProcessTree(ProcessTable table, ProcessSort sort)
    {
        _table = table;
        _sort = sort;
        var rows = table.Rows.DistinctBy(row => row.Pid).OrderBy(row => row.Pid).ToList();
        var pids = rows.Select(row => row.Pid).ToHashSet();
        _children = rows.ToLookup(row => row.ParentPid ?? 0);
        var entered = new HashSet<int>();
        foreach (var root in rows.Where(row => row.ParentPid is null or 0 or 1 || !pids.Contains(row.ParentPid.Value)))
            Enter(root, entered);
        // Parents are read one process after the other, so some may go round in a circle: one of them becomes a root.
        foreach (var row in rows)
            Enter(row, entered);
    }

    /// <summary>
    /// Roots are processes whose parent is 0, 1 or not in the snapshot. Each level is in the order asked for, by what a subtree comes to.
    /// </summary>
    /// <param name="table">The snapshot.</param>
    /// <param name="sort">The order.</param>
    /// <param name="limit">Roots at most.</param>
    public static List<ProcessView> Of(ProcessTable table, ProcessSort sort, int limit)
    {
        var tree = new ProcessTree(table, sort);
        return [.. tree.Build().Take(limit)];
    }

    /// <summary>No recursion: how deep the processes of a machine go is not ours to say.</summary>
    private void Enter(ProcessRow root, HashSet<int> entered)
    {
        if (!entered.Add(root.Pid))
            return;
        _order.Add(new Entry(root, Parent: null, Below: null, Depth: 1));
        for (var i = _order.Count - 1; i < _order.Count; i++)
        {
            var parent = _order[i];
            foreach (var child in _children[parent.Row.Pid])
            {
                // A child of process 1 is a root, also where process 1 is in the snapshot.
                if (child.ParentPid is > 1 && entered.Add(child.Pid))
                    _order.Add(new Entry(child, parent, parent.Depth < MaxDepth ? parent : parent.Below, Math.Min(parent.Depth + 1, MaxDepth)));
            }
        }
    }

    private List<ProcessView> Build()
    {
        var roots = new List<ProcessView>();
        for (var i = _order.Count - 1; i >= 0; i--)
        {
            var entry = _order[i];
            var process = ProcessView.Of(_table, entry.Row);
            var total = entry.Descendants + ProcessTotals.Of(process);
            if (entry.Parent is { } parent)
                parent.Descendants += total;
            (entry.Below?.Children ?? roots).Add(process with { Total = total, Children = Sorted(entry.Children) });
        }
        return Sorted(roots);
    }

    private List<ProcessView> Sorted(List<ProcessView> processes) =>
        _sort.Apply(processes, one => one.Pid, one => one.Name, one => one.Total!);

    /// <param name="Row">The process.</param>
    /// <param name="Parent">What started it; null: a root.</param>
    /// <param name="Below">Under which it is shown; null: a root.</param>
    /// <param name="Depth">The level it is shown in, from 1.</param>
    private sealed record Entry(ProcessRow Row, Entry? Parent, Entry? Below, int Depth)
    {
        public ProcessTotals Descendants { get; set; } = ProcessTotals.None;

        public List<ProcessView> Children { get; } = [];
    }
}
