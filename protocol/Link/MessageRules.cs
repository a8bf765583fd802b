using Outrider.Protocol.Files;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Protocol.Link;

/// <summary>What holds for the members of messages beyond their JSON kind: lengths, counts, ranges.</summary>
public static class MessageRules
{
    private const int MaxItems = LinkProtocol.MaxItems;
    private const int MaxText = LinkProtocol.MaxText;
    private const int MaxSentence = LinkProtocol.MaxSentence;

    /// <summary>What is wrong with a message; null if nothing.</summary>
    public static string? Check(ILinkMessage message) => message switch
    {
        AgentRegister m => Check(m),
        AgentStatusReport m => m.Databases.Count > MaxItems ? $"there are more than {MaxItems} databases" : First(m.Databases, Check),
        TaskCreate m => Check(m),
        TaskComplete m => Check(m),
        TaskCancel m => Id(m.TaskId),
        LinkConfig m => Check(m),
        TaskStates m => m.Tasks.Count > MaxItems ? $"there are more than {MaxItems} tasks" : First(m.Tasks, Check),
        TaskLog m => Id(m.TaskId) ?? (m.Attempt < 1 ? "'attempt' is not positive" : null),
        TaskAck m => Id(m.TaskId) ?? (m.Attempt < 1 ? "'attempt' is not positive" : null),
        FileOpen m => Check(m),
        FileState m => Transfer(m.Transfer) ?? Text(m.FileId) ?? Check(m.Problem),
        MetricsAck m => LinkProtocol.IsId(m.Boot) && m.Seq > 0 ? Check(m.Problem) : "'boot' is no id, or 'seq' is 0",
        Ack { Registered: { } m } => Text(m.Session) ?? Names(m.Capabilities) ?? Check(m.Config),
        LinkError m => Text(m.Code) ?? Sentence(m.Message),
        _ => null,
    };

    private static string? Check(AgentRegister m) =>
        (m.Versions.Count > MaxItems ? $"there are more than {MaxItems} versions" : null)
        ?? Text(m.Agent) ?? Text(m.Credential) ?? Text(m.Token)
        ?? (LinkProtocol.IsId(m.Boot) ? null : "'boot' is no id")
        ?? Text(m.Facts.Version) ?? Text(m.Facts.Hostname) ?? Text(m.Facts.Os) ?? Text(m.Facts.Arch)
        ?? Names(m.Facts.Capabilities)
        ?? (m.Facts.Labels is null || AgentLabels.AreValid(m.Facts.Labels) ? null : $"'labels' are not as they may be: {AgentLabels.Rule}");

    private static string? Check(DatabaseState? m) =>
        m is null ? "a database is null" : Text(m.Name) ?? Text(m.State) ?? Text(m.Version) ?? Sentence(m.Message);

    private static string? Check(TaskCreate m) =>
        Id(m.TaskId) ?? Text(m.Type) ?? Text(m.Actor) ?? Check(m.Limits)
        ?? (m.Params is null or { ValueKind: System.Text.Json.JsonValueKind.Object or System.Text.Json.JsonValueKind.Null } ? null : "'params' is no object")
        ?? (m.Attempt >= 0 && m.TimeoutSeconds is >= 1 and <= TaskTypes.MaxTimeoutSeconds ? null : "'attempt' is negative or 'timeout_seconds' out of range")
        ?? (m.Priority is >= 1 and <= TaskTypes.MaxPriority ? null : "'priority' is not 1 to 10")
        ?? Check(m.File);

    private static string? Check(TaskFile? m) => m is null ? null
        : Text(m.FileId) ?? Text(m.Name) ?? Text(m.Sha256) ?? Text(m.Grant) ?? (m.Size < 0 ? "a file's size is negative" : null);

    private static string? Check(TaskReport? m) =>
        m is null ? "a task is null"
        : Id(m.TaskId)
            ?? (m.Status is TaskStatuses.Pending or TaskStatuses.Running or TaskReport.Ended ? null : "'status' is unknown")
            ?? (m.Attempt < 1 || m.Position < 0 ? "'attempt' is not positive or 'position' negative" : null);

    private static string? Check(FileOpen m) =>
        Transfer(m.Transfer) ?? Text(m.FileId) ?? Text(m.Grant) ?? Text(m.Name) ?? Text(m.Sha256) ?? Text(m.TaskId)
        ?? (m.Size < 0 ? "'size' is negative" : m.FileId is null && m.Name is null ? "neither 'file_id' nor 'name' is there" : null);

    private static string? Transfer(string id) => LinkProtocol.IsId(id) ? null : "'transfer' is no id";

    private static string? Check(SqlLimits? m) =>
        m is null or { TimeoutMs: > 0, MaxRows: >= 0, MaxBytes: >= 0 } ? null : "a limit is negative";

    private static string? Check(TaskComplete m) =>
        Id(m.TaskId) ?? Check(m.Problem)
        ?? (m.Status is TaskStatuses.Success or TaskStatuses.Failed or TaskStatuses.Canceled or TaskStatuses.Lost ? null : "'status' is no end of a task")
        ?? (m.Status == TaskStatuses.Success || m.Problem is not null ? null : "'problem' is missing though it is no success")
        ?? (m.Truncated is null or "rows" or "bytes" ? null : "'truncated' is neither 'rows' nor 'bytes'")
        ?? (m.Rows >= 0 && m.PayloadBytes >= 0 && m.Attempt >= 0 && double.IsFinite(m.ElapsedMs) && m.ElapsedMs >= 0 ? null : "a count is negative or no number");

    private static string? Check(Problem? m)
    {
        if (m is null)
            return null;
        if (m.Details is { Count: > MaxItems })
            return $"a problem has more than {MaxItems} details";
        return Text(m.Code) ?? Sentence(m.Message) ?? First(m.Details ?? [], d => Text(d.Key) ?? Sentence(d.Value));
    }

    private static string? Check(LinkConfig m) =>
        m is { HeartbeatSeconds: >= 1 and <= 300, ReportSeconds: >= 1 and <= 300 } ? Check(m.Metrics) : "an interval is not 1 to 300 seconds";

    private static string? Check(MetricsConfig? m)
    {
        if (m is null)
            return null;
        if (m.Collectors is { Count: > MaxItems })
            return $"there are more than {MaxItems} collectors";
        return m.ProcessTop is < 1 or > 50 ? "'process_top' is not 1 to 50" : First(m.Collectors ?? [], Check);
    }

    private static string? Check(CollectorConfig? m) =>
        m is null ? "a collector is null"
        : m.IntervalSeconds is < 1 or > 300 ? "an interval is not 1 to 300 seconds"
        : Text(m.Name);

    private static string? Id(string id) => LinkProtocol.IsId(id) ? null : "'task_id' is no id";

    private static string? Text(string? text) => text is { Length: > MaxText } ? $"a text is longer than {MaxText} characters" : null;

    private static string? Sentence(string? text) => text is { Length: > MaxSentence } ? $"a message is longer than {MaxSentence} characters" : null;

    private static string? Names(List<string> names) =>
        names.Count > MaxItems ? $"there are more than {MaxItems} capabilities" : First(names, n => n is null ? "a capability is null" : Text(n));

    private static string? First<T>(IEnumerable<T> items, Func<T, string?> check)
    {
        foreach (var item in items)
        {
            if (check(item) is { } wrong)
                return wrong;
        }
        return null;
    }
}
