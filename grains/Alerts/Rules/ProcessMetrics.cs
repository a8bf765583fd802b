namespace Outrider.Grains.Alerts.Rules;

/// <summary>What a rule can look at in an agent's table of processes. Names and meaning as in reports of older agents.</summary>
public static class ProcessMetrics
{
    /// <summary>CPU of the processes that match, each in percent of one core.</summary>
    public const string Cpu = "cpu_percent";

    /// <summary>Resident memory of the processes that match, each in MiB.</summary>
    public const string Memory = "memory_mb";

    /// <summary>CPU of all processes of the table together, in percent of the machine. No filter.</summary>
    public const string SystemCpu = "system_cpu_percent";

    /// <summary>Resident memory of all processes of the table together, in percent of the machine's. No filter.</summary>
    public const string SystemMemory = "system_memory_percent";

    public static bool Contains(string metric) => metric is Cpu or Memory or SystemCpu or SystemMemory;

    /// <summary>Whether the metric is of processes one by one, so that a filter makes sense.</summary>
    public static bool IsOfProcesses(string metric) => metric is Cpu or Memory;
}
