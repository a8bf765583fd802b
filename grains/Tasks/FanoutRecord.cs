using System.Text.Json.Serialization;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Tasks;

/// <summary>A fan-out as it stands.</summary>
public sealed record FanoutRecord
{
    public required string Id { get; init; }

    public required FanoutRequest Request { get; init; }

    /// <summary>The agents it is for, in the order in which they come; resolved when it was made.</summary>
    public required List<string> Agents { get; init; }

    /// <summary><c>pending</c> (approval), <c>running</c>, <c>success</c> (all succeeded), <c>failed</c> (some didn't, or it was stopped by the ratio), <c>canceled</c>.</summary>
    public string Status { get; init; } = "pending";

    public long Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How many of <see cref="Agents"/> have been given their task.</summary>
    public int Begun { get; init; }

    /// <summary>When the next batch may begin; null: now.</summary>
    public DateTimeOffset? NextBatchAt { get; init; }

    /// <summary>Null: it needs no approval.</summary>
    public TaskApproval? Approval { get; init; }

    /// <summary>How many of its tasks have each status, when that was counted last.</summary>
    public Dictionary<string, int> Counts { get; init; } = [];

    public string? CanceledBy { get; init; }

    /// <summary>Why it is no success.</summary>
    public Problem? Problem { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    [JsonIgnore]
    public bool IsOpen => Status is "pending" or "running";

    /// <summary>The id of the task of the agent at this place.</summary>
    public string TaskId(int place) => $"{Id}-{place}";
}
