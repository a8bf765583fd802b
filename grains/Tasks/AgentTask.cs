using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks.Lifecycle;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <inheritdoc cref="IAgentTask"/>
/// <remarks>
/// That the agent has a task in its queue, and at which place, isn't saved: after a crash the agent says it again. Open to derivation because
/// a host may add its own marker to a grain.
/// </remarks>
public class AgentTask : Grain, IAgentTask
{
    /// <summary>How long a change that the agent would tell again may wait for the next one, to be saved with it.</summary>
    private static readonly TimeSpan s_saveSoon = TimeSpan.FromMilliseconds(200);

    private readonly ITaskStore _store;
    private readonly TaskSender _sender;
    private readonly TaskLogbook _log;
    private readonly TaskWatchers _watchers;
    private TaskRecord? _task;
    private bool _unsaved;
    private IDisposable? _saving;

    public AgentTask(GrainContext context, ITaskStore store, ITaskFiles files) : base(context)
    {
        _store = store;
        _sender = new TaskSender(context, files);
        _log = new TaskLogbook(context, store);
        _watchers = new TaskWatchers(context.Observers, context.Time);
    }

    private string Tenant => GrainKeys.Split(Key)[0];

    private string Id => GrainKeys.Split(Key)[1];

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation) =>
        reason == DeactivationReason.StateConflict ? Task.CompletedTask : FlushAsync();

    public async Task<Outcome<TaskRecord>> CreateAsync(TaskRequest request)
    {
        if (_task is not null)
            return _task;
        var link = await _sender.FindAsync(request);
        if (link.Problem is { } problem && (problem.Code != ProblemCodes.AgentOffline || request.WaitSeconds == 0))
            return problem;
        if (await _sender.MissingFileAsync(request) is { } missing)
            return missing;
        var rule = await Context.Grains.Get<ITaskSettings>(Tenant).ApprovalRuleAsync(request, [request.Agent]);
        var task = TaskLifecycle.Create(Id, request, rule, Now);
        // Sent before it is saved it could run without the centre knowing of it.
        var sends = link.Ok && TaskLifecycle.MayBeSent(task, Now);
        task = sends ? TaskLifecycle.Sent(task, link.Value!.Address, Now) : task;
        await _store.AddAsync(Tenant, [task], CancellationToken.None);
        _task = task;
        if (sends)
            await SendCreateAsync(link.Value!);
        return _task;
    }

    public Task<Outcome<TaskRecord>> GetAsync() => Task.FromResult(Shown());

    public async Task<Outcome<TaskRecord>> CancelAsync(string by)
    {
        if (_task is not { } task)
            return NotFound();
        if (task.Status == TaskStatuses.Canceled || task.CancelRequestedAt is not null)
            return Shown();
        if (task.HasEnded && !task.AwaitsAgent)
            return new Problem(ProblemCodes.Conflict, $"The task is over ({task.Status}): there is nothing left to cancel.");
        await SaveAsync(TaskLifecycle.Cancel(task, by, Now));
        if (_task.Status != TaskStatuses.Canceled)
            await _sender.SendAsync(task.Request, new TaskMessage(Cancel: new TaskCancel(Id)));
        return Shown();
    }

    public async Task<Outcome<TaskRecord>> DecideAsync(bool approve, string by, string? note)
    {
        await WakeAsync();
        if (_task is not { } task)
            return NotFound();
        if (task is not { HasEnded: false, Approval.State: ApprovalState.Waiting })
            return new Problem(ProblemCodes.Conflict, "The task doesn't wait for an approval: it needs none, or somebody has decided, or it is over.");
        if (by == task.Request.CreatedBy)
            return new Problem(ProblemCodes.Forbidden, "Who asked for a task can't decide on it: a second person, with a key of their own, must.");
        await SaveAsync(TaskLifecycle.Decide(task, approve, by, note, Now));
        await DispatchAsync();
        return Shown();
    }

    public async Task<Outcome<Done>> DeleteAsync(string by, bool force)
    {
        if (_task is not { } task)
            return NotFound();
        if (task.IsOpen && !force)
            return new Problem(ProblemCodes.Conflict, $"The task isn't over ({task.Status}). Cancel it first, or say force=true, which cancels and removes it.");
        if (task.IsOpen)
            await _sender.SendAsync(task.Request, new TaskMessage(Ack: new TaskAck(Id, task.Attempt)));
        await _store.DeleteAsync(Tenant, Id, CancellationToken.None);
        _saving?.Dispose();
        (_unsaved, _task) = (false, null);
        _log.Drop();
        _watchers.Tell(task with { Status = TaskStatuses.Canceled, CanceledBy = by, AwaitsAgent = false }, []);
        Context.Deactivate();
        return Done.Value;
    }

    public async Task<Outcome<TaskRecord>> WatchAsync(ObserverRef<ITaskWatcher> watcher, bool log, uint seen)
    {
        if (_task is not { } task)
            return NotFound();
        IReadOnlyList<LogChunk> missed = log && !_watchers.Knows(watcher) ? await _log.ReadFromAsync(seen) : [];
        return _watchers.Add(watcher, log, missed, task) is { } full ? full : Shown();
    }

    public Task UnwatchAsync(ObserverRef<ITaskWatcher> watcher)
    {
        _watchers.Remove(watcher);
        return Task.CompletedTask;
    }

    public Task<Outcome<Done>> ReportAsync(string agent, TaskReport report)
    {
        if (_task is not { } task || task.Request.Agent != agent || TaskLifecycle.Reported(task, report, Now) is not { } next)
            return Task.FromResult<Outcome<Done>>(NotFound());
        if (next != task)
            NoteSoon(next);
        return Task.FromResult<Outcome<Done>>(Done.Value);
    }

    public Task<Outcome<uint>> TakeLogAsync(string agent, int attempt, byte[] chunks)
    {
        if (_task is not { } task || task.Request.Agent != agent || task.Attempt != attempt || !task.IsOpen)
            return Task.FromResult<Outcome<uint>>(NotFound());
        var taken = _log.Take(chunks);
        if (!taken.Ok)
            return Task.FromResult<Outcome<uint>>(taken.Problem);
        if (_watchers.Any && taken.Value.Count > 0)
            _watchers.Tell(task, taken.Value);
        return Task.FromResult<Outcome<uint>>(_log.Next);
    }

    public async Task<Outcome<Done>> CompleteAsync(string agent, TaskComplete completion)
    {
        if (_task is not { } task || task.Request.Agent != agent || TaskLifecycle.Completed(task, completion, Now) is not { } next)
            return NotFound();
        await _log.FlushAsync();
        await SaveAsync(next);
        if (next.Attempt != task.Attempt)
            _log.Begin(next.Attempt);
        return Done.Value;
    }

    public async Task ReconcileAsync(string agent, TaskReport? known, ObserverRef<IAgentLink> link)
    {
        if (_task is not { } task || task.Request.Agent != agent)
        {
            await ForgetAsync(known, link);
            return;
        }
        if (known is not null && TaskLifecycle.Reported(task, known, Now) is { } next)
        {
            await SaveAsync(next);
            await _sender.SendAsync(link, new TaskMessage(Log: new TaskLog(Id, next.Attempt, await _log.SavedNextAsync())));
            if (next.CancelRequestedAt is not null)
                await _sender.SendAsync(link, new TaskMessage(Cancel: new TaskCancel(Id)));
            return;
        }
        await ForgetAsync(known, link);
        if (TaskLifecycle.Unknown(task, link.Address, Now) is var left && left != task)
            await SaveAsync(left);
        await DispatchAsync(link);
    }

    public async Task WakeAsync()
    {
        // Its fan-out puts it into the store itself.
        if (_task is null)
            await LoadAsync(CancellationToken.None);
        if (_task is not { } task)
            return;
        var next = TaskLifecycle.Look(task, task.AcceptedAt is null ? null : await _sender.LastSeenAsync(task.Request), Now);
        if (next != task)
            await SaveAsync(next);
        await DispatchAsync();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        _task = await _store.ReadAsync(Tenant, Id, cancellation);
        if (_task is not null)
            await _log.OpenAsync(_task.Attempt, cancellation);
    }

    /// <summary>Sends it to its agent, if it is to be sent and the agent is there.</summary>
    private async Task DispatchAsync(ObserverRef<IAgentLink>? link = null)
    {
        if (_task is not { } task || !TaskLifecycle.MayBeSent(task, Now))
            return;
        if (link is null)
        {
            var found = await _sender.FindAsync(task.Request);
            if (!found.Ok)
            {
                if (found.Problem.Code != ProblemCodes.AgentOffline)
                    await SaveAsync(TaskLifecycle.Fail(task, found.Problem, Now));
                return;
            }
            link = found.Value;
        }
        await SaveAsync(TaskLifecycle.Sent(task, link.Address, Now));
        await SendCreateAsync(link);
    }

    private async Task SendCreateAsync(ObserverRef<IAgentLink> link)
    {
        var sent = await _sender.CreateAsync(_task!, link);
        // A link that is lost is followed by another, and what is due by then is sent over that.
        if (sent is { Code: not (ProblemCodes.LinkLost or ProblemCodes.TimedOut or ProblemCodes.Unavailable) })
            await SaveAsync(TaskLifecycle.Fail(_task!, sent, Now));
    }

    private async Task ForgetAsync(TaskReport? known, ObserverRef<IAgentLink> link)
    {
        if (known is not null)
            await _sender.SendAsync(link, new TaskMessage(Ack: new TaskAck(Id, known.Attempt)));
    }

    /// <summary>Keeps a change that the agent would tell again: saved with the next, or soon.</summary>
    private void NoteSoon(TaskRecord next)
    {
        (_task, _unsaved) = (next, true);
        _watchers.Tell(next, []);
        _saving ??= Context.Timers.Start(_ => FlushAsync(), s_saveSoon, Timeout.InfiniteTimeSpan);
    }

    private async Task FlushAsync()
    {
        if (_unsaved && _task is not null)
            await SaveAsync(_task);
        await _log.FlushAsync();
    }

    private async Task SaveAsync(TaskRecord next)
    {
        _saving?.Dispose();
        _saving = null;
        var known = _task!.Revision;
        var ended = next.HasEnded && !(_task.HasEnded && _task.Status == next.Status);
        next = next with { Revision = known + 1 };
        try
        {
            await _store.SaveAsync(Tenant, next, known, CancellationToken.None);
        }
        catch (StateConflictException)
        {
            // Another activation has it now; what is here is stale.
            Context.Deactivate();
            throw;
        }
        (_task, _unsaved) = (next, false);
        _watchers.Tell(next, []);
        if (ended && next.Request.Fanout is { } fanout)
            _ = Context.Grains.Get<IFanout>(GrainKeys.Join(Tenant, fanout)).WakeAsync();
    }

    private Outcome<TaskRecord> Shown() => _task is { } task ? task with { Log = task.Log ?? _log.Totals } : NotFound();

    private Problem NotFound() => new(ProblemCodes.TaskNotFound, $"There is no task '{Id}'.");
}
