using Outrider.Agent.Tasks;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Cluster.Link;

/// <summary>
/// The tasks of an agent over one link: tells their grains how they are doing and hands them output and ends, each until there is an answer,
/// as all of it may be repeated.
/// </summary>
/// <param name="engine">Runs them.</param>
/// <param name="place">Where the agent belongs in the cluster.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterTasks(TaskEngine engine, ClusterPlace place, TimeProvider time) : ITaskCentre, IAsyncDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();
    private readonly List<TaskReport> _told = [];
    private readonly TaskCompletionSource<bool> _reconciled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _serving = Task.CompletedTask;

    /// <summary>Begins to tell.</summary>
    public void Start() => _serving = engine.ServeAsync(this, _over.Token);

    /// <summary>Takes what the centre has to say about a task.</summary>
    public async Task<Outcome<Done>> TakeAsync(TaskMessage message)
    {
        if (message.Create is { } create)
        {
            // What is created after the agent has told all that it has can't be missing there.
            if (!await _reconciled.Task)
                return TaskResults.LinkLost;
            engine.Accept(create);
        }
        if (message.Cancel is { } cancel)
            engine.Cancel(cancel.TaskId);
        if (message.Log is { } log)
            engine.Continue(log);
        if (message.Ack is { } ack)
            engine.Forget(ack);
        return Done.Value;
    }

    public async Task<bool> SendAsync(TaskStates states)
    {
        if (_reconciled.Task.IsCompleted)
        {
            foreach (var report in states.Tasks)
            {
                if (!await TryAsync(async () => Settle(report.TaskId, report.Attempt, (await TaskOf(report.TaskId).ReportAsync(place.Agent, report)).Problem)))
                    return false;
            }
            return true;
        }
        _told.AddRange(states.Tasks);
        if (states.All != true)
            return true;
        var done = await TryAsync(() => place.Grains.Get<IAgentTasks>(place.Key).ReconcileAsync(_told, place.Link));
        _reconciled.TrySetResult(done);
        return done;
    }

    public Task<bool> SendAsync(string task, int attempt, IReadOnlyList<LogChunk> chunks) => TryAsync(async () =>
    {
        var taken = await TaskOf(task).TakeLogAsync(place.Agent, attempt, LogChunkCodec.Join(chunks));
        if (taken.Ok)
            engine.Continue(new TaskLog(task, attempt, taken.Value));
        Settle(task, attempt, taken.Problem);
    });

    public Task<bool> SendAsync(TaskComplete end) => TryAsync(async () =>
    {
        // Taken or not wanted: either way it needn't be kept.
        await TaskOf(end.TaskId).CompleteAsync(place.Agent, end);
        engine.Forget(new TaskAck(end.TaskId, end.Attempt));
    });

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _reconciled.TrySetResult(false);
        await _serving;
        _over.Dispose();
    }

    private void Settle(string task, int attempt, Problem? problem)
    {
        if (problem is not null)
            engine.Forget(new TaskAck(task, attempt));
    }

    /// <summary>Asks until there is an answer. False: the link is over.</summary>
    private async Task<bool> TryAsync(Func<Task> call)
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                await call().WaitAsync(_over.Token);
                return true;
            }
            catch (Exception) when (!_over.IsCancellationRequested)
            {
                await WaitAsync();
            }
            catch (Exception)
            {
                // The link is over.
            }
        }
        return false;
    }

    private async Task WaitAsync()
    {
        try
        {
            await Task.Delay(s_retry, time, _over.Token);
        }
        catch (OperationCanceledException)
        {
            // The link is over.
        }
    }

    private IAgentTask TaskOf(string id) => place.Grains.Get<IAgentTask>(GrainKeys.Join(place.Tenant, id));
}
