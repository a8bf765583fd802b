using System.Text.Json.Serialization;

namespace Outrider.Api.Posts.Reports;

/// <summary>One sample of any metric.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record PostedSample
{
    public required string Metric { get; init; }

    [JsonConverter(typeof(LabelsConverter))]
    public Dictionary<string, string>? Labels { get; init; }

    /// <summary>The report's own time unless said.</summary>
    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>Null: unknown, so there is no sample.</summary>
    public double? Value { get; init; }
}
