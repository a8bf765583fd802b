using Outrider.Agent.Executors;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Cluster.Link;

/// <summary>Holds a task's payload until it goes as a whole: no more than the task's limit, and within what all tasks may hold.</summary>
internal sealed class PayloadBuffer(TaskCreate task, PayloadBudget budget) : ITaskOutput, IDisposable
{
    private readonly long _limit = TaskPayload.Limit(task);
    private readonly MemoryStream _bytes = new();

    /// <summary>Why it was too much; the task is given up.</summary>
    public Problem? Overflow { get; private set; }

    public ValueTask WriteAsync(TaskStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Overflow ??= Take(bytes.Length);
        if (Overflow is not null)
            throw new OperationCanceledException(Overflow.Message);
        _bytes.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>The whole payload.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    public void Dispose()
    {
        budget.Return(_bytes.Length);
        _bytes.Dispose();
    }

    private Problem? Take(int bytes)
    {
        if (_bytes.Length + bytes > _limit)
            return TaskPayload.TooLarge(_limit);
        if (budget.TryTake(bytes))
            return null;
        return new Problem(ProblemCodes.Unavailable, "The agent holds as many results as its memory budget allows. Ask again, for less at once.")
        {
            RetryAfterSeconds = 2,
        };
    }
}
