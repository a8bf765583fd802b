namespace Outrider.Grains.Alerts.Rules;

/// <summary>The rules that every tenant has from the start. What a tenant saves under the same id goes before them.</summary>
public static class RuleTemplates
{
    public const string AgentOffline = "agent-offline";
    public const string AgentDegraded = "agent-degraded";

    private const int Hold = 300;

    /// <summary>By id. Those of agents are enabled, the others wait to be.</summary>
    public static IReadOnlyList<RuleDefinition> All { get; } =
    [
        Agent(AgentDegraded, "Agent degraded", RuleOperator.Equal, 1, AlertSeverity.Warning) with
        {
            DurationSeconds = 60, Description = "The link to the agent is lost, or the agent has been silent for 45 seconds, for a minute.",
        },
        Agent(AgentOffline, "Agent offline", RuleOperator.AtLeast, 2, AlertSeverity.Critical) with
        {
            Description = "Nothing has been heard of the agent for 90 seconds.",
        },
        Cpu("host-cpu-critical", "CPU of the machine above 90 %", 90, AlertSeverity.Critical),
        Cpu("host-cpu-warning", "CPU of the machine above 80 %", 80, AlertSeverity.Warning),
        Host("host-disk-critical", "File system above 95 % full", "host_disk_percent", 95, AlertSeverity.Critical),
        Host("host-disk-warning", "File system above 85 % full", "host_disk_percent", 85, AlertSeverity.Warning),
        Host("host-memory-critical", "Memory of the machine above 95 %", "host_memory_percent", 95, AlertSeverity.Critical),
        Host("host-memory-warning", "Memory of the machine above 85 %", "host_memory_percent", 85, AlertSeverity.Warning),
        Process("process-cpu", "A process above 95 % of a core", ProcessMetrics.Cpu, 95),
        Process("process-memory", "A process above 5000 MiB of memory", ProcessMetrics.Memory, 5_000),
    ];

    /// <summary>Null: no template has this id.</summary>
    public static RuleDefinition? Find(string id) => All.FirstOrDefault(rule => rule.Id == id);

    private static RuleDefinition Agent(string id, string name, RuleOperator op, double threshold, AlertSeverity severity) => new()
    {
        Id = id, Name = name, Builtin = true, Severity = severity, Metric = RuleDefinition.AgentStatusMetric, Operator = op, Threshold = threshold,
    };

    private static RuleDefinition Cpu(string id, string name, double threshold, AlertSeverity severity) =>
        Host(id, name, "host_cpu_percent_normalized", threshold, severity) with { Aggregation = RuleAggregation.Avg, WindowSeconds = 60 };

    private static RuleDefinition Host(string id, string name, string metric, double threshold, AlertSeverity severity) => new()
    {
        Id = id, Name = name, Builtin = true, Enabled = false, Severity = severity, Metric = metric, Threshold = threshold, DurationSeconds = Hold,
        Description = $"{name} for 5 minutes. Enable it as it is or with limits of your own.",
    };

    /// <summary>The busiest process of a machine is what is compared, so that one rule watches all of them as one subject.</summary>
    private static RuleDefinition Process(string id, string name, string metric, double threshold) =>
        Host(id, name, metric, threshold, AlertSeverity.Warning) with { Process = new ProcessFilter("*", RuleAggregation.Max) };
}
