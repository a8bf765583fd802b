using System.Text.Json.Serialization;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Posts.Reports;

/// <summary>One sample of any metric.</summary>
internal sealed record PostedSample
{
    public required string Metric { get; init; }

    [JsonConverter(typeof(LabelsConverter))]
    public List<Label>? Labels { get; init; }

    /// <summary>The report's own time unless said.</summary>
    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>Null: unknown, so there is no sample.</summary>
    public double? Value { get; init; }
}
