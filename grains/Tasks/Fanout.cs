using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks.Lifecycle;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <inheritdoc cref="IFanout"/>
/// <remarks>
/// How its tasks are it counts in the store, whoever tells it that one has ended: so nothing that is lost on the way matters. Open to
/// derivation because a host may add its own marker to a grain.
/// </remarks>
public class Fanout(GrainContext context, ITaskStore store) : Grain(context), IFanout
{
    /// <summary>Tasks that are woken at once.</summary>
    private const int AtOnce = 64;

    private const int PageSize = 1_000;

    /// <summary>Many tasks end together; they are counted once.</summary>
    private static readonly TimeSpan s_countSoon = TimeSpan.FromMilliseconds(50);

    private FanoutRecord? _fanout;
    private IDisposable? _counting;

    private string Tenant => GrainKeys.Split(Key)[0];

    private string Id => GrainKeys.Split(Key)[1];

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    public override async Task OnActivateAsync(CancellationToken cancellation) =>
        _fanout = await store.ReadFanoutAsync(Tenant, Id, cancellation);

    public async Task<Outcome<FanoutRecord>> CreateAsync(FanoutRequest request, List<string> agents)
    {
        if (_fanout is not null)
            return _fanout;
        var rule = await Context.Grains.Get<ITaskSettings>(Tenant).ApprovalRuleAsync(request.Task, agents);
        var created = FanoutPlan.Create(Id, request, agents, rule, Now);
        await store.SaveFanoutAsync(Tenant, created, null, CancellationToken.None);
        _fanout = created;
        await GoOnAsync();
        return _fanout;
    }

    public async Task<Outcome<FanoutRecord>> GetAsync()
    {
        if (_fanout is { IsOpen: true })
            await GoOnAsync();
        return Shown();
    }

    public async Task<Outcome<FanoutRecord>> CancelAsync(string by)
    {
        if (_fanout is not { } fanout)
            return NotFound();
        if (fanout.Status == "canceled")
            return fanout;
        if (!fanout.IsOpen)
            return new Problem(ProblemCodes.Conflict, $"The fan-out is over ({fanout.Status}): there is nothing left to cancel.");
        await SaveAsync(FanoutPlan.Cancel(fanout, by, Now));
        await CancelTasksAsync(by);
        return Shown();
    }

    public async Task<Outcome<FanoutRecord>> DecideAsync(bool approve, string by, string? note)
    {
        if (_fanout is { IsOpen: true })
            await GoOnAsync();
        if (_fanout is not { } fanout)
            return NotFound();
        if (fanout is not { IsOpen: true, Approval.State: ApprovalState.Waiting })
            return new Problem(ProblemCodes.Conflict, "The fan-out doesn't wait for an approval: it needs none, or somebody has decided, or it is over.");
        if (by == fanout.Request.Task.CreatedBy)
            return new Problem(ProblemCodes.Forbidden, "Who asked for a fan-out can't decide on it: a second person, with a key of their own, must.");
        await SaveAsync(FanoutPlan.Decide(fanout, approve, by, note, Now));
        await GoOnAsync();
        return Shown();
    }

    public Task WakeAsync()
    {
        if (_fanout is { IsOpen: true } || _fanout?.Counts.Values.Sum() > 0)
            _counting ??= Context.Timers.Start(_ => CountAsync(), s_countSoon, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private Task CountAsync()
    {
        _counting?.Dispose();
        _counting = null;
        return GoOnAsync();
    }

    /// <summary>Counts, and begins the next batch or ends, whatever is due.</summary>
    private async Task GoOnAsync()
    {
        if (_fanout is not { } fanout)
            return;
        var counts = fanout.Begun == 0 ? fanout.Counts : await store.CountAsync(Tenant, Id, CancellationToken.None);
        var next = FanoutPlan.Next(fanout, counts, Now);
        var batch = FanoutPlan.Batch(next);
        if (batch.Count > 0)
        {
            // First the tasks, then that they are begun: after a crash between the two they are added again, which changes nothing.
            var tasks = batch.Select(place => TaskLifecycle.Create(
                next.TaskId(place), next.Request.Task with { Agent = next.Agents[place], Fanout = Id }, null, Now)).ToList();
            await store.AddAsync(Tenant, tasks, CancellationToken.None);
            next = FanoutPlan.Begun(next, batch.Count, Now);
            await SaveAsync(next);
            _ = WakeTasksAsync(tasks.ConvertAll(task => task.Id));
            return;
        }
        if (FanoutPlan.Differs(fanout, next))
            await SaveAsync(next);
    }

    private async Task WakeTasksAsync(List<string> tasks)
    {
        foreach (var some in tasks.Chunk(AtOnce))
            await Task.WhenAll(some.Select(id => TryAsync(() => TaskOf(id).WakeAsync())));
    }

    private async Task CancelTasksAsync(string by)
    {
        foreach (var status in (string[])[TaskStatuses.Pending, TaskStatuses.Running])
        {
            TaskCursor? after = null;
            var query = new TaskQuery(Fanout: Id, Status: status);
            while (await store.ListAsync(Tenant, query, after, PageSize, CancellationToken.None) is { Count: > 0 } page)
            {
                after = new TaskCursor(page[^1].CreatedAt, page[^1].Id);
                _ = CancelAsync([.. page.Select(task => task.Id)], by);
            }
        }
    }

    private async Task CancelAsync(List<string> tasks, string by)
    {
        foreach (var some in tasks.Chunk(AtOnce))
            await Task.WhenAll(some.Select(id => TryAsync(() => TaskOf(id).CancelAsync(by))));
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception e) when (e is TimeoutException or UnavailableException or StateConflictException)
        {
            // It is looked at when it is due.
        }
    }

    private IAgentTask TaskOf(string id) => Context.Grains.Get<IAgentTask>(GrainKeys.Join(Tenant, id));

    private async Task SaveAsync(FanoutRecord next)
    {
        var known = _fanout!.Revision;
        next = next with { Revision = known + 1, UpdatedAt = Now };
        await store.SaveFanoutAsync(Tenant, next, known, CancellationToken.None);
        _fanout = next;
    }

    private Outcome<FanoutRecord> Shown() => _fanout is { } fanout ? fanout : NotFound();

    private Problem NotFound() => new(ProblemCodes.FanoutNotFound, $"There is no fan-out '{Id}'.");
}
