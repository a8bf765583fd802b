namespace Outrider.Protocol.Link;

/// <summary>The types of text frames.</summary>
public static class FrameTypes
{
    public const string AgentRegister = "agent_register";
    public const string AgentStatus = "agent_status";
    public const string Heartbeat = "heartbeat";
    public const string TaskCreate = "task_create";
    public const string TaskComplete = "task_complete";
    public const string TaskCancel = "task_cancel";
    public const string Config = "config";
    public const string MetricsAck = "metrics_ack";
    public const string TaskState = "task_state";
    public const string TaskLog = "task_log";
    public const string TaskAck = "task_ack";
    public const string FileOpen = "file_open";
    public const string FileState = "file_state";
    public const string Ack = "ack";
    public const string Error = "error";

    // Named by the protocol, but nobody offers their capability yet.
    public const string ServiceState = "service_state";
    public const string ServiceOperate = "service_operate";

    /// <summary>The type of the frame that carries this message.</summary>
    public static string Of(ILinkMessage message) => message switch
    {
        Link.AgentRegister => AgentRegister,
        AgentStatusReport => AgentStatus,
        Link.Heartbeat => Heartbeat,
        Tasks.TaskCreate => TaskCreate,
        Tasks.TaskComplete => TaskComplete,
        Link.TaskCancel => TaskCancel,
        LinkConfig => Config,
        Link.MetricsAck => MetricsAck,
        Tasks.TaskStates => TaskState,
        Tasks.TaskLog => TaskLog,
        Tasks.TaskAck => TaskAck,
        Files.FileOpen => FileOpen,
        Files.FileState => FileState,
        Link.Ack => Ack,
        LinkError => Error,
        _ => throw new ArgumentException($"{message.GetType()} is no message of the link.", nameof(message)),
    };

    internal static bool IsReserved(string type) => type is ServiceState or ServiceOperate;
}
