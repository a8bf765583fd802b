namespace Outrider.Agent.Collectors.Processes;

/// <summary>All processes of one name, added up.</summary>
internal sealed class ProcessGroup(string name)
{
    public string Name { get; } = name;

    /// <summary>Null: of none of them is it known.</summary>
    public double? CpuPercent { get; private set; }

    public long MemoryBytes { get; private set; }

    public int Threads { get; private set; }

    public int Count { get; private set; }

    /// <summary>Runs left in which it is told of although it isn't among the top.</summary>
    public int Stays { get; set; }

    public void Clear() => (CpuPercent, MemoryBytes, Threads, Count) = (null, 0, 0, 0);

    public void Add(double? cpuPercent, long memoryBytes, int threads)
    {
        CpuPercent = cpuPercent is { } known ? (CpuPercent ?? 0) + known : CpuPercent;
        MemoryBytes += memoryBytes;
        Threads += threads;
        Count++;
    }
}
