using System.Text.Json;
using System.Text.Json.Serialization;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Tasks;

/// <summary>A task as callers see it. What is unknown is absent.</summary>
public sealed record TaskView
{
    public required string Id { get; init; }

    /// <summary>The agent's name.</summary>
    public required string AgentId { get; init; }

    public required string Type { get; init; }

    /// <summary><c>pending</c>, <c>running</c>, <c>success</c>, <c>failed</c>, <c>canceled</c> or <c>lost</c>.</summary>
    public required string Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Command { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Params { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FileId { get; init; }

    /// <summary>What it brought, by type (docs/tasks.md). Not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Result { get; init; }

    /// <summary>Why it is no success, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The same, for programs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Problem? Problem { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; init; }

    /// <summary>Attempts so far, this one counted.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many go before it in the agent's queue.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Position { get; init; }

    /// <summary>The approval of a second person; absent: it needs none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApprovalView? Approval { get; init; }

    /// <summary>Who asked for it: a credential's id.</summary>
    public required string CreatedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CanceledBy { get; init; }

    /// <summary>Somebody wants it canceled, and the agent hasn't said yet that it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Canceling { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FanoutId { get; init; }

    /// <summary>Seconds it may run.</summary>
    public required int TimeLimit { get; init; }

    public required int Priority { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FinishedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What the last attempt has written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaskLogView? Log { get; init; }

    /// <summary>The wait for its end ran out; it goes on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SyncTimedOut { get; init; }

    internal static TaskView Of(TaskRecord task) => new()
    {
        Id = task.Id,
        AgentId = task.Request.Agent,
        Type = task.Request.Type,
        Status = task.Status,
        Command = task.Request.Command,
        Params = task.Request.Params,
        FileId = task.Request.FileId,
        Result = task.Result,
        Error = task.Problem?.Message,
        Problem = task.Problem,
        ExitCode = task.ExitCode,
        Attempt = task.Attempt,
        Position = task.Position,
        Approval = ApprovalView.Of(task.Approval),
        CreatedBy = task.Request.CreatedBy,
        CanceledBy = task.CanceledBy,
        Canceling = task is { CancelRequestedAt: not null, HasEnded: false },
        FanoutId = task.Request.Fanout,
        TimeLimit = task.Request.TimeoutSeconds,
        Priority = task.Request.Priority,
        StartedAt = task.StartedAt,
        FinishedAt = task.FinishedAt,
        CreatedAt = task.CreatedAt,
        UpdatedAt = task.UpdatedAt,
        Log = task.Log is { } log ? new TaskLogView(log.Chunks, log.Stdout, log.Stderr, log.Note) : null,
    };
}
