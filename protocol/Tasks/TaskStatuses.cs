namespace Outrider.Protocol.Tasks;

/// <summary>The states of a task, as they stand on the wire.</summary>
public static class TaskStatuses
{
    public const string Pending = "pending";
    public const string Running = "running";
    public const string Success = "success";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
    public const string Lost = "lost";
}
