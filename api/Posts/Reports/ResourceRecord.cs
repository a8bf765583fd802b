using System.Text.Json.Serialization;

namespace Outrider.Api.Posts.Reports;

/// <summary>
/// One process at one time, in the names and units of older senders: MB are 1 048 576 bytes, KB 1 024. Absent and null are unknown. Older
/// senders write 0 for what they can't read, so a 0 that can't be (threads, memory, start) is unknown too, and so is network traffic of 0,
/// which none of them measured.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ResourceRecord
{
    public required string Name { get; init; }

    public int? Pid { get; init; }

    public int? Ppid { get; init; }

    /// <summary>When it was measured; the report's own time unless said.</summary>
    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Percent of one core.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>Percent of the machine; not kept, as it follows from the number of cores.</summary>
    public double? CpuPercentNormalized { get; init; }

    public double? MemoryMb { get; init; }

    /// <summary>Percent of the machine's memory; not kept, as it follows from that.</summary>
    public double? MemoryPercent { get; init; }

    public int? Threads { get; init; }

    /// <summary>Since the process started.</summary>
    public double? DiskReadMb { get; init; }

    /// <summary>Since the process started.</summary>
    public double? DiskWriteMb { get; init; }

    public double? NetSentKb { get; init; }

    public double? NetRecvKb { get; init; }

    /// <summary>Not kept, as it follows from CPU and memory.</summary>
    public bool? IsActive { get; init; }

    public string? Command { get; init; }

    public string? WorkingDir { get; init; }

    public string? Category { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public double? CreateTime { get; init; }

    /// <summary>Seconds of user and system time.</summary>
    public double? CpuTime { get; init; }
}
