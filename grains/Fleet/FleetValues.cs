using Outrider.Grains.Metrics;

namespace Outrider.Grains.Fleet;

/// <summary>What the fleet shows of an agent's measurements; null: not known.</summary>
public sealed record FleetValues
{
    public const string Cpu = "host_cpu_percent_normalized";
    public const string Memory = "host_memory_percent";
    public const string Disk = "host_disk_percent";
    public const string Load = "host_load1";
    public const string ProcessCount = "host_processes";

    /// <summary>The metrics they are taken from.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [Cpu, Memory, Disk, Load, ProcessCount];

    public static FleetValues None { get; } = new();

    public double? CpuPercent { get; private set; }

    public double? MemoryPercent { get; private set; }

    public double? DiskPercent { get; private set; }

    public double? Load1 { get; private set; }

    public double? Processes { get; private set; }

    /// <summary>The values of each agent. Of several series of a metric the highest counts, such as the fullest file system.</summary>
    public static Dictionary<string, FleetValues> ByAgent(IEnumerable<RecentSample> samples)
    {
        var byAgent = new Dictionary<string, FleetValues>(StringComparer.Ordinal);
        foreach (var (agent, series, sample) in samples)
        {
            if (!double.IsFinite(sample.Value))
                continue;
            if (!byAgent.TryGetValue(agent, out var values))
                byAgent.Add(agent, values = new FleetValues());
            values.Take(series.Metric, sample.Value);
        }
        return byAgent;
    }

    private void Take(string metric, double value)
    {
        switch (metric)
        {
            case Cpu:
                CpuPercent = Higher(CpuPercent, value);
                break;
            case Memory:
                MemoryPercent = Higher(MemoryPercent, value);
                break;
            case Disk:
                DiskPercent = Higher(DiskPercent, value);
                break;
            case Load:
                Load1 = Higher(Load1, value);
                break;
            case ProcessCount:
                Processes = Higher(Processes, value);
                break;
        }
    }

    private static double Higher(double? known, double value) => known > value ? known.Value : value;
}
