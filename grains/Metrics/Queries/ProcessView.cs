using System.Text.Json.Serialization;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>One process at one time, as callers see it. Null: not known.</summary>
public sealed record ProcessView
{
    public required int Pid { get; init; }

    /// <summary>0: it has none.</summary>
    public int? ParentPid { get; init; }

    public required string Name { get; init; }

    /// <summary>The command line, masked by the agent where it holds a secret.</summary>
    public string? Command { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Such as development, system or docker.</summary>
    public string? Category { get; init; }

    /// <summary>CPU in percent of one core; more than 100 on several cores.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>CPU in percent of the whole machine.</summary>
    public double? CpuPercentNormalized { get; init; }

    /// <summary>Resident memory.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Resident memory in percent of the machine's.</summary>
    public double? MemoryPercent { get; init; }

    public int? Threads { get; init; }

    /// <summary>Since it started.</summary>
    public long? DiskReadBytes { get; init; }

    /// <summary>Since it started.</summary>
    public long? DiskWriteBytes { get; init; }

    /// <summary>Since it started.</summary>
    public long? NetworkSentBytes { get; init; }

    /// <summary>Since it started.</summary>
    public long? NetworkReceivedBytes { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>CPU time since it started.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Whether it uses at least 1 % of a core or 50 MiB.</summary>
    public required bool IsActive { get; init; }

    /// <summary>What it and all its descendants come to; null where no tree was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProcessTotals? Total { get; init; }

    /// <summary>How many descendants it has in the snapshot; null where no tree was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ChildCount => Total?.Count - 1;

    /// <summary>The processes it started, as far as they are in the snapshot; null where no tree was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public List<ProcessView>? Children { get; init; }

    public static ProcessView Of(ProcessTable table, ProcessRow row) => new()
    {
        Pid = row.Pid,
        ParentPid = row.ParentPid,
        Name = row.Name,
        Command = row.Command,
        WorkingDirectory = row.WorkingDirectory,
        Category = row.Category,
        CpuPercent = row.CpuPercent,
        CpuPercentNormalized = table.CpuPercentNormalized(row),
        MemoryBytes = row.MemoryBytes,
        MemoryPercent = table.MemoryPercent(row),
        Threads = row.Threads,
        DiskReadBytes = row.DiskReadBytes,
        DiskWriteBytes = row.DiskWriteBytes,
        NetworkSentBytes = row.NetworkSentBytes,
        NetworkReceivedBytes = row.NetworkReceivedBytes,
        StartedAt = row.StartedAt is { } at ? Times.At(at) : null,
        CpuSeconds = row.CpuSeconds,
        IsActive = row.IsActive,
    };
}
