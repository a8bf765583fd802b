namespace Outrider.Grains.Fleet;

/// <summary>Puts agents in order; those that are equal in it by name, so that pages neither repeat nor lose one.</summary>
internal sealed class FleetOrder(FleetSort sort, bool descending) : IComparer<FleetAgent>
{
    public int Compare(FleetAgent? x, FleetAgent? y)
    {
        if (x is null || y is null)
            return (y is null).CompareTo(x is null);
        var order = sort switch
        {
            FleetSort.Worst => Worst(x, y),
            FleetSort.Name => Directed(string.CompareOrdinal(x.Name, y.Name)),
            FleetSort.Status => Directed(x.Status.CompareTo(y.Status)),
            FleetSort.Cpu => Known(x.CpuPercent, y.CpuPercent),
            FleetSort.Memory => Known(x.MemoryPercent, y.MemoryPercent),
            FleetSort.Disk => Known(x.DiskPercent, y.DiskPercent),
            FleetSort.Alerts => Directed(x.Firing.CompareTo(y.Firing)),
            _ => Known(x.LastSeenAt, y.LastSeenAt),
        };
        return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
    }

    // No severity is less than the mildest.
    private int Worst(FleetAgent x, FleetAgent y)
    {
        var order = Nullable.Compare(y.Severity, x.Severity);
        if (order == 0)
            order = x.Status.CompareTo(y.Status);
        return order != 0 ? Directed(order) : Known(-x.Highest, -y.Highest);
    }

    private int Known<T>(T? x, T? y) where T : struct, IComparable<T> => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        var (a, b) => Directed(a.Value.CompareTo(b.Value)),
    };

    private int Directed(int order) => descending ? -order : order;
}
