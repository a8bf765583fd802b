using System.Text.Json.Serialization;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Posts.Reports;

/// <summary>The body of a report (docs/formats/agent-posts.md). Older senders say more than is asked for, so what isn't known is passed over.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record Report
{
    /// <summary>Records of one report: those of several rounds of sampling.</summary>
    public const int MaxRecords = 4 * MetricLimits.Processes;

    public required string ServerName { get; init; }

    /// <summary>When it was measured, by the sender's clock.</summary>
    [JsonConverter(typeof(TimeConverter))]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Names the report together with seq, as boot and number of a metric batch do; neither: its content names it.</summary>
    public string? Boot { get; init; }

    public ulong? Seq { get; init; }

    public SystemInfo? SystemInfo { get; init; }

    [AtMost(MaxRecords)]
    public List<ResourceRecord>? Metrics { get; init; }

    [AtMost(MetricLimits.Samples)]
    public List<PostedSample>? Samples { get; init; }
}
