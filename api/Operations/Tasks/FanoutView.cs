using System.Text.Json;
using System.Text.Json.Serialization;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Tasks;

/// <summary>A fan-out as callers see it. What is unknown is absent.</summary>
public sealed record FanoutView
{
    public required string Id { get; init; }

    /// <summary><c>pending</c>, <c>running</c>, <c>success</c>, <c>failed</c> or <c>canceled</c>.</summary>
    public required string Status { get; init; }

    public required string Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Command { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Params { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FileId { get; init; }

    /// <summary>Whom it is for, as was asked.</summary>
    public required List<string> Agents { get; init; }

    /// <summary>The same, by label.</summary>
    public required Dictionary<string, string> Labels { get; init; }

    /// <summary>How many agents that were.</summary>
    public required int AgentCount { get; init; }

    /// <summary>How many of them have been given their task.</summary>
    public required int Begun { get; init; }

    /// <summary>How many of its tasks have each status.</summary>
    public required Dictionary<string, int> Counts { get; init; }

    /// <summary>Those that went wrong, up to 100. Not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public List<FanoutFailure>? Failures { get; init; }

    /// <summary>Agents at a time; 0: all at once.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Seconds between batches.</summary>
    public required int Pause { get; init; }

    public required double MaxFailureRatio { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextBatchAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApprovalView? Approval { get; init; }

    public required string CreatedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CanceledBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Problem? Problem { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FinishedAt { get; init; }

    internal static FanoutView Of(FanoutRecord fanout) => new()
    {
        Id = fanout.Id,
        Status = fanout.Status,
        Type = fanout.Request.Task.Type,
        Command = fanout.Request.Task.Command,
        Params = fanout.Request.Task.Params,
        FileId = fanout.Request.Task.FileId,
        Agents = fanout.Request.Patterns,
        Labels = fanout.Request.Labels,
        AgentCount = fanout.Agents.Count,
        Begun = fanout.Begun,
        Counts = fanout.Counts,
        BatchSize = fanout.Request.BatchSize,
        Pause = fanout.Request.PauseSeconds,
        MaxFailureRatio = fanout.Request.MaxFailureRatio,
        NextBatchAt = fanout.NextBatchAt,
        Approval = ApprovalView.Of(fanout.Approval),
        CreatedBy = fanout.Request.Task.CreatedBy,
        CanceledBy = fanout.CanceledBy,
        Problem = fanout.Problem,
        CreatedAt = fanout.CreatedAt,
        UpdatedAt = fanout.UpdatedAt,
        FinishedAt = fanout.FinishedAt,
    };
}
