using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Tasks;

/// <summary>How much a task may bring.</summary>
public static class TaskPayload
{
    /// <summary>Most bytes of one task's payload, whatever its own limit says.</summary>
    public const long MaxBytes = 17L * 1024 * 1024;

    /// <summary>What an encoded row set may be longer than the limit asked for: its header and its last row's cells.</summary>
    private const int Slack = LinkProtocol.MaxBlockBytes;

    /// <summary>Most bytes that this task's payload may have.</summary>
    /// <param name="task">The task.</param>
    /// <param name="most">No task may have more.</param>
    public static long Limit(TaskCreate task, long most = MaxBytes) => Math.Min(most, (task.Limits ?? SqlLimits.Default).MaxBytes + (long)Slack);

    /// <summary>It had more.</summary>
    public static Problem TooLarge(long limit) =>
        new(ProblemCodes.PayloadTooLarge, $"The agent sent more than the {limit} bytes that the task's limits allow.");
}
