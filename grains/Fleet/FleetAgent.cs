using System.Text.Json.Serialization;
using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;

namespace Outrider.Grains.Fleet;

/// <summary>An agent in short, as a row of the fleet. What is unknown is absent; a value that was measured more than 5 minutes ago is unknown.</summary>
public sealed record FleetAgent
{
    /// <summary>The agent's name.</summary>
    public required string Name { get; init; }

    /// <summary>How it is, judged by its link and when it was last heard.</summary>
    public required AgentStatus Status { get; init; }

    /// <summary>Whether it has a link now.</summary>
    public required bool Connected { get; init; }

    /// <summary>When it was last heard; up to about two minutes behind while it is heard. Absent: never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>What its owner calls it by; empty: it has no labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The machine's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Host { get; init; }

    /// <summary>The operating system.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Os { get; init; }

    /// <summary>The agent program's version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    /// <summary>CPU in use, in percent of the whole machine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CpuPercent { get; init; }

    /// <summary>Memory in use, in percent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MemoryPercent { get; init; }

    /// <summary>Space in use of the fullest file system, in percent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DiskPercent { get; init; }

    /// <summary>Load average over 1 minute.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Load1 { get; init; }

    /// <summary>Processes on the machine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Processes { get; init; }

    /// <summary>Alerts that fire and are not silenced.</summary>
    public required int Firing { get; init; }

    /// <summary>The worst of them. Absent: none fires.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AlertSeverity? Severity { get; init; }

    /// <summary>The highest of CPU, memory and disk; null: none is known.</summary>
    [JsonIgnore]
    public double? Highest => Larger(CpuPercent, Larger(MemoryPercent, DiskPercent));

    private static double? Larger(double? a, double? b) => a > b || b is null ? a : b;
}
