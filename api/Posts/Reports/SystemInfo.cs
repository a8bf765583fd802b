using System.Text.Json.Serialization;

namespace Outrider.Api.Posts.Reports;

/// <summary>What a machine that posts says of itself. Unknown is absent or null; so are 0 cores and 0 MB.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record SystemInfo
{
    public string? Hostname { get; init; }

    public string? Os { get; init; }

    public string? Arch { get; init; }

    /// <summary>Logical processors.</summary>
    public int? CpuCores { get; init; }

    /// <summary>Memory in units of 1 048 576 bytes.</summary>
    public double? TotalMemMb { get; init; }

    /// <summary>The version of the program that posts.</summary>
    public string? AgentVersion { get; init; }

    public int? KnownCpus => CpuCores > 0 ? CpuCores : null;

    public long? KnownMemoryBytes => TotalMemMb > 0 ? Units.Bytes(TotalMemMb, Units.Mb, "total_mem_mb") : null;
}
