using Outrider.Agent.Collectors.Processes;
using Outrider.Agent.Spool;

namespace Outrider.Agent.Policy;

/// <summary>The policy for measuring. What it narrows, the centre can't widen.</summary>
/// <param name="Enabled">False: the agent measures nothing and tells the centre it can't.</param>
/// <param name="Collectors">The only ones that may run: <c>host</c>, <c>processes</c>, <c>containers</c>, <c>scrape</c>, <c>agent</c>; null: all.</param>
/// <param name="MinIntervalSeconds">No collector runs, and no batch is made, more often.</param>
/// <param name="ProcessTop">Most processes told of by CPU, and by memory.</param>
/// <param name="ProcessCommands">False: neither command lines nor working folders leave this machine.</param>
/// <param name="SpoolBytes">Most bytes that wait on the disk for the centre.</param>
/// <param name="SpoolHours">Longest time they wait.</param>
public sealed record MetricsPolicy(
    bool Enabled = true,
    IReadOnlyList<string>? Collectors = null,
    int MinIntervalSeconds = 1,
    int ProcessTop = ProcessSettings.MaxTop,
    bool ProcessCommands = true,
    long? SpoolBytes = null,
    int? SpoolHours = null)
{
    private static readonly string[] s_collectors = ["host", "processes", "containers", "scrape", "agent"];

    internal SpoolLimits SpoolLimits => new(
        SpoolBytes ?? SpoolLimits.Default.Bytes, SpoolHours is { } hours ? TimeSpan.FromHours(hours) : SpoolLimits.Default.Age);

    internal string? Fault() =>
        Collectors?.FirstOrDefault(name => !s_collectors.Contains(name)) is { } unknown
            ? $"metrics.collectors has '{unknown}'; known are {string.Join(", ", s_collectors)}"
        : MinIntervalSeconds is < 1 or > 300 ? "metrics.min_interval_seconds must be 1 to 300"
        : ProcessTop is < 1 or > ProcessSettings.MaxTop ? $"metrics.process_top must be 1 to {ProcessSettings.MaxTop}"
        : SpoolBytes < SpoolLimits.MinBytes || SpoolBytes > SpoolLimits.Default.Bytes ? $"metrics.spool_bytes must be {SpoolLimits.MinBytes} to {SpoolLimits.Default.Bytes}"
        : SpoolHours is < 1 or > 24 ? "metrics.spool_hours must be 1 to 24"
        : null;
}
