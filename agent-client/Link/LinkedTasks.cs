using Outrider.Agent.Tasks;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Link;

/// <summary>The queries and tasks of one link: queries live as long as it does, tasks are the engine's.</summary>
/// <param name="agent">Runs them.</param>
/// <param name="sender">Of the link.</param>
/// <param name="garbage">Of all links.</param>
/// <param name="lost">Fires when the link is lost.</param>
internal sealed class LinkedTasks(LinkedAgent agent, FrameSender sender, GarbageBudget garbage, CancellationToken lost) : ITaskCentre
{
    private readonly byte[] _header = new byte[LogChunkCodec.HeaderBytes];
    private Task _serving = Task.CompletedTask;
    private int _unended;

    /// <summary>The link was accepted. A centre that doesn't keep tasks is told of none; they wait for one that does.</summary>
    public void Begin(Registered agreed)
    {
        if (agent.Engine is { } engine && agreed.Capabilities.Contains(LinkProtocol.Tasks))
            _serving = engine.ServeAsync(this, lost);
    }

    /// <summary>Begins what the centre asks for, without waiting for it. A problem is a violation.</summary>
    public Problem? Create(TaskCreate task)
    {
        if (task.Attempt > 0)
        {
            agent.Engine?.Accept(task);
            return null;
        }
        // Twice the limit: an end may be on its way that the centre knows of before this side does.
        if (Interlocked.Increment(ref _unended) > 2 * LinkProtocol.MaxTasks)
            return new Problem(ProblemCodes.FrameOutOfOrder, $"More than {LinkProtocol.MaxTasks} queries at once.");
        _ = QueryAsync(task);
        return null;
    }

    /// <summary>Cancels a query or a task.</summary>
    public void Cancel(string task)
    {
        agent.Tasks.Cancel(task);
        agent.Engine?.Cancel(task);
    }

    /// <summary>Returns when nothing is sent over the link any more, once it is lost.</summary>
    public Task EndAsync() => _serving;

    public Task<bool> SendAsync(TaskStates states) => sender.SendAsync(states, null);

    public async Task<bool> SendAsync(string task, int attempt, IReadOnlyList<LogChunk> chunks)
    {
        foreach (var chunk in chunks)
        {
            LogChunkCodec.WriteHeader(_header, chunk);
            if (!await sender.SendAsync(BlockKind.LogChunk, task, chunk.Number, _header, chunk.Bytes, CancellationToken.None))
                return false;
        }
        garbage.Check();
        return true;
    }

    public Task<bool> SendAsync(TaskComplete end) => sender.SendAsync(end, null);

    private async Task QueryAsync(TaskCreate task)
    {
        var sink = new PayloadSink(sender, task.TaskId);
        var completion = await Task.Run(() => agent.Tasks.RunAsync(task, sink, lost), CancellationToken.None);
        await sender.SendAsync(completion with { PayloadBytes = sink.Sent }, null);
        garbage.Check();
        Interlocked.Decrement(ref _unended);
    }
}
