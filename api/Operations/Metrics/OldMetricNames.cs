namespace Outrider.Api.Operations.Metrics;

/// <summary>What older designs call the metrics of a machine.</summary>
public static class OldMetricNames
{
    private static readonly Dictionary<string, string> s_metrics = new(StringComparer.Ordinal)
    {
        ["cpu"] = "host_cpu_percent_normalized", ["memory"] = "host_memory_percent", ["disk"] = "host_disk_percent",
    };

    /// <summary>CPU, memory and disks, as they are called now.</summary>
    public static IReadOnlyCollection<string> All => s_metrics.Values;

    /// <summary>The name now; a name that is none of the old ones stays.</summary>
    public static string Now(string metric) => s_metrics.GetValueOrDefault(metric, metric);
}
