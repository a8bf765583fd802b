using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>A snapshot of processes in the forms callers ask for: flat or by name. <see cref="ProcessTree"/> has the third.</summary>
public static class ProcessLists
{
    public static List<ProcessView> Flat(ProcessTable table, ProcessSort sort, int limit) =>
        [.. sort.Apply(table.Rows.Select(row => ProcessView.Of(table, row)), one => one.Pid, one => one.Name, ProcessTotals.Of).Take(limit)];

    public static List<ProcessGroup> ByName(ProcessTable table, ProcessSort sort, int limit)
    {
        var groups = table.Rows.Select(row => ProcessView.Of(table, row)).GroupBy(process => process.Name, StringComparer.Ordinal)
            .Select(group => new ProcessGroup(
                group.Key,
                group.Aggregate(ProcessTotals.None, (total, process) => total + ProcessTotals.Of(process)),
                [.. group.Select(process => process.Pid).Order()]));
        return [.. sort.Apply(groups, one => one.Pids[0], one => one.Name, one => one.Total).Take(limit)];
    }
}
