using System.Text.Json;
using System.Text.Json.Serialization;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>A task as it stands: what was asked and what has become of it.</summary>
public sealed record TaskRecord
{
    /// <summary>A UUID without dashes, or of a fan-out's: the fan-out's id, a dash and its number.</summary>
    public required string Id { get; init; }

    public required TaskRequest Request { get; init; }

    /// <summary>One of <see cref="TaskStatuses"/>.</summary>
    public string Status { get; init; } = TaskStatuses.Pending;

    /// <summary>Rises with every change that is saved.</summary>
    public long Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Attempts so far, the present one counted: 1, 2, …</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When this attempt may begin: when it was asked, approved, or is to be tried again.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>When this attempt was sent to the agent last; null: never.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The link over which it was sent last: what the agent told when that link began says nothing of it.</summary>
    public string? SentOver { get; init; }

    /// <summary>When the agent said that it has this attempt in its journal; null: it hasn't yet.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>How many go before it in the agent's queue; null: it doesn't wait there.</summary>
    public int? Position { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Who canceled it: a credential's id.</summary>
    public string? CanceledBy { get; init; }

    /// <summary>Null: it needs no approval.</summary>
    public TaskApproval? Approval { get; init; }

    /// <summary>What it brought (docs/tasks.md).</summary>
    public JsonElement? Result { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why it is no success.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What the last attempt has written, kept or not; null: nothing is known yet.</summary>
    public LogTotals? Log { get; init; }

    /// <summary>Lost only because the agent hasn't been heard: when it returns it says what has become of it.</summary>
    public bool AwaitsAgent { get; init; }

    /// <summary>When somebody has to look at it, whatever else happens; null: it is over.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether anything may still happen to it.</summary>
    [JsonIgnore]
    public bool IsOpen => AwaitsAgent || Status is TaskStatuses.Pending or TaskStatuses.Running;

    /// <summary>Whether it waits for somebody to approve it.</summary>
    [JsonIgnore]
    public bool AwaitsApproval => Status is TaskStatuses.Pending && Approval is { State: ApprovalState.Waiting };

    /// <summary>Whether it has come to an end, which the agent's return may still correct where <see cref="AwaitsAgent"/>.</summary>
    [JsonIgnore]
    public bool HasEnded => Status is not (TaskStatuses.Pending or TaskStatuses.Running);
}
