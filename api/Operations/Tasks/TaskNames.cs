using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>Names of types and states that other systems have, as ours.</summary>
public static class TaskNames
{
    /// <summary>The longest id: a fan-out's and a place.</summary>
    private const int MaxId = 48;

    /// <summary>The type that is meant; one that nobody knows stays as it is.</summary>
    public static string TypeOf(string type) => type switch
    {
        "script" => TaskTypes.Shell,
        "kubernetes" => TaskTypes.Kubernetes,
        "mongodb" => TaskTypes.Mongo,
        "file_upload" => TaskTypes.File,
        "postgresql" => TaskTypes.Postgres,
        _ => type,
    };

    /// <summary>The state that is meant; null: there is none of this name.</summary>
    public static string? StatusOf(string status) => status switch
    {
        TaskStatuses.Pending or TaskStatuses.Running or TaskStatuses.Success or TaskStatuses.Failed or TaskStatuses.Canceled or TaskStatuses.Lost => status,
        "completed" or "succeeded" => TaskStatuses.Success,
        "stopped" or "cancelled" => TaskStatuses.Canceled,
        "unknown" => TaskStatuses.Lost,
        "timed_out" => TaskStatuses.Failed,
        _ => null,
    };

    /// <summary>Whether a task or a fan-out can have this id.</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= MaxId } && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
