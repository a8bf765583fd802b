using System.Text.Json;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>What every store of tasks must do, as tests. One is put under them by deriving from this class.</summary>
public abstract partial class TaskStoreConformance : IAsyncLifetime
{
    protected const string Tenant = "acme";

    protected static DateTimeOffset At { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected ITaskStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task Add_AfterReopening_GivesTheSameTask()
    {
        var task = Full("a");
        await AddAsync(task);
        Store = await ReopenAsync();

        AssertSame(task, await Store.ReadAsync(Tenant, task.Id, default));
        AssertSame(task, Assert.Single(await ListAsync(new TaskQuery())));
    }

    [Fact]
    public async Task Add_IdThatIsThere_IsPassedOverAndTheOthersAreAdded()
    {
        await AddAsync(Pending("a"));
        await AddAsync(Pending("b"), Pending("a") with { Status = TaskStatuses.Failed }, Pending("c"), Pending("c") with { Revision = 7 });
        await AddAsync();

        Assert.Equal("a b c", await IdsAsync(new TaskQuery()));
        Assert.Equal("a b c", await IdsAsync(new TaskQuery(Status: TaskStatuses.Pending)));
        Assert.Equal(0, (await Store.ReadAsync(Tenant, "c", default))!.Revision);
    }

    [Fact]
    public async Task Add_OneThousandAtOnce_AreAllThere()
    {
        await AddAsync([.. Enumerable.Range(0, 1_000).Select(i => Full($"{i}"))]);

        Assert.Equal(1_000, (await Store.ListAsync(Tenant, new TaskQuery(), null, 2_000, default)).Count);
    }

    [Fact]
    public async Task Save_KnownRevision_ReplacesAllThatIsAskedFor()
    {
        await AddAsync(Pending("a"), Pending("b"));
        var full = Full("a") with { Revision = 1 };
        await Store.SaveAsync(Tenant, full, 0, default);

        AssertSame(full, await Store.ReadAsync(Tenant, "a", default));
        Assert.Equal("a", await IdsAsync(new TaskQuery(
            full.Request.Agent, full.Request.Type, full.Status, full.Request.CreatedBy, full.Request.Fanout, full.CreatedAt, full.CreatedAt.AddTicks(1))));
        Assert.Equal(["b"], await Store.ListOpenAsync(Tenant, "prod-1", null, 10, default));
    }

    [Fact]
    public async Task Save_OtherRevisionOrGone_IsAConflictAndChangesNothing()
    {
        await AddAsync(Pending("a") with { Revision = 4 });

        foreach (var known in new long[] { 3, 5, 0 })
            await Assert.ThrowsAsync<StateConflictException>(() => Store.SaveAsync(Tenant, Full("a") with { Revision = known + 1 }, known, default).AsTask());
        await Assert.ThrowsAsync<StateConflictException>(() => Store.SaveAsync(Tenant, Full("b"), 0, default).AsTask());
        Assert.Equal(TaskStatuses.Pending, Assert.Single(await ListAsync(new TaskQuery())).Status);
        await Store.DeleteAsync(Tenant, "a", default);
        await Assert.ThrowsAsync<StateConflictException>(() => Store.SaveAsync(Tenant, Full("a") with { Revision = 5 }, 4, default).AsTask());
        Assert.Null(await Store.ReadAsync(Tenant, "a", default));
    }

    [Fact]
    public async Task Save_FiftyAtOnceOfOneRevision_OneWinsAndTheOthersAreConflicts()
    {
        await AddAsync([Pending("a"), .. Enumerable.Range(0, 50).Select(i => Pending($"other-{i}"))]);
        for (var revision = 0; revision < 10; revision++)
        {
            var saves = Enumerable.Range(0, 50).Select(async i =>
            {
                // Those that are refused must not take these along.
                var other = Store.SaveAsync(Tenant, Pending($"other-{i}") with { Revision = revision + 1 }, revision, default);
                try
                {
                    await Store.SaveAsync(Tenant, Pending("a") with { Revision = revision + 1, CanceledBy = $"{i}" }, revision, default);
                    return $"{i}";
                }
                catch (StateConflictException)
                {
                    return null;
                }
                finally
                {
                    await other;
                }
            });
            var winner = Assert.Single(await Task.WhenAll(saves), saved => saved is not null);
            Assert.Equal(winner, (await Store.ReadAsync(Tenant, "a", default))!.CanceledBy);
        }
        Assert.All(await ListAsync(new TaskQuery()), task => Assert.Equal(10, task.Revision));
    }

    [Fact]
    public async Task Save_OneThousandAtOnce_AreAllThere()
    {
        await AddAsync([.. Enumerable.Range(0, 1_000).Select(i => Pending($"{i}"))]);
        await Task.WhenAll(Enumerable.Range(0, 1_000)
            .Select(i => Store.SaveAsync(Tenant, Pending($"{i}") with { Revision = 1, Status = TaskStatuses.Running }, 0, default).AsTask()));

        Assert.Equal(1_000, (await Store.ListAsync(Tenant, new TaskQuery(Status: TaskStatuses.Running), null, 2_000, default)).Count);
    }

    [Theory]
    [InlineData("evil")]
    [InlineData("ACME")]
    [InlineData("")]
    public async Task OtherTenant_SameIds_SeesAndChangesNothing(string other)
    {
        await AddAsync(Pending("a") with { Request = Pending("a").Request with { Fanout = "f" } });
        await Store.SaveLogAsync(Tenant, "a", 1, [Chunk(0, "ours")], [], default);
        await Store.SaveFanoutAsync(Tenant, Fanout("f"), null, default);

        await Assert.ThrowsAsync<StateConflictException>(() => Store.SaveAsync(other, Full("a"), 0, default).AsTask());
        await Assert.ThrowsAsync<StateConflictException>(() => Store.SaveFanoutAsync(other, Fanout("f"), 0, default).AsTask());
        Assert.Null(await Store.ReadAsync(other, "a", default));
        Assert.Null(await Store.ReadFanoutAsync(other, "f", default));
        Assert.Empty(await Store.ListAsync(other, new TaskQuery(), null, 10, default));
        Assert.Empty(await Store.ListFanoutsAsync(other, null, null, 10, default));
        Assert.Empty(await Store.ListOpenAsync(other, "prod-1", null, 10, default));
        Assert.Empty(await Store.CountAsync(other, "f", default));
        Assert.Empty(await Store.ReadLogAsync(other, "a", null, 10, default));

        await Store.AddAsync(other, [Pending("a") with { Status = TaskStatuses.Failed }], default);
        await Store.SaveLogAsync(other, "a", 1, [Chunk(0, "theirs")], [], default);
        await Store.SaveFanoutAsync(other, Fanout("f") with { Status = "failed" }, null, default);
        await Store.DeleteTenantAsync(other, default);
        Assert.Equal("a", await IdsAsync(new TaskQuery(Status: TaskStatuses.Pending)));
        Assert.Equal("ours", Text(Assert.Single(await Store.ReadLogAsync(Tenant, "a", null, 10, default))));
        Assert.Equal("pending", (await Store.ReadFanoutAsync(Tenant, "f", default))!.Status);
        Assert.Empty(await Store.ListAsync(other, new TaskQuery(), null, 10, default));
        Assert.Empty(await Store.ReadLogAsync(other, "a", null, 10, default));
        Assert.Null(await Store.ReadFanoutAsync(other, "f", default));
    }

    [Fact]
    public async Task Fanout_AddedReplacedAndInConflict()
    {
        var fanout = Fanout("f") with
        {
            Counts = new() { ["failed"] = 2, ["running"] = 1 }, Problem = new Problem("failed", "磁盘 🙂"), NextBatchAt = At.AddTicks(7), Begun = 2,
            Approval = new TaskApproval(ApprovalState.Approved, "prod", At.AddHours(1), "k2", At, "ja"),
        };
        await Store.SaveFanoutAsync(Tenant, fanout, null, default);
        Store = await ReopenAsync();
        AssertSame(fanout, await Store.ReadFanoutAsync(Tenant, "f", default));
        await Assert.ThrowsAsync<StateConflictException>(() => Store.SaveFanoutAsync(Tenant, fanout with { Begun = 3 }, null, default).AsTask());
        await Assert.ThrowsAsync<StateConflictException>(() => Store.SaveFanoutAsync(Tenant, Fanout("g"), 0, default).AsTask());

        await Store.SaveFanoutAsync(Tenant, fanout with { Revision = 1, Begun = 4 }, 0, default);
        await Assert.ThrowsAsync<StateConflictException>(() => Store.SaveFanoutAsync(Tenant, fanout with { Revision = 1, Begun = 5 }, 0, default).AsTask());
        Assert.Equal(4, Assert.Single(await Store.ListFanoutsAsync(Tenant, null, null, 10, default)).Begun);
    }

    /// <summary>Opens the store, which is empty.</summary>
    protected abstract Task<ITaskStore> OpenAsync();

    /// <summary>Closes the store and opens it again on what it kept.</summary>
    protected abstract Task<ITaskStore> ReopenAsync();

    protected Task AddAsync(params IReadOnlyList<TaskRecord> tasks) => Store.AddAsync(Tenant, tasks, default).AsTask();

    protected async Task<IReadOnlyList<TaskRecord>> ListAsync(TaskQuery query) => await Store.ListAsync(Tenant, query, null, 100, default);

    protected static TaskRecord Pending(string id, DateTimeOffset? at = null) => new()
    {
        Id = id,
        Request = new TaskRequest { Agent = "prod-1", Type = TaskTypes.Sql, Command = "SELECT 1", CreatedBy = "k1" },
        CreatedAt = at ?? At,
        UpdatedAt = at ?? At,
        ReadyAt = at ?? At,
        DueAt = (at ?? At).AddMinutes(10),
    };

    protected static TaskRecord Ended(string id, DateTimeOffset at) =>
        Pending(id) with { Status = TaskStatuses.Success, FinishedAt = at, UpdatedAt = at, DueAt = null };

    protected static FanoutRecord Fanout(string id, DateTimeOffset? at = null) => new()
    {
        Id = id,
        Request = new FanoutRequest { Task = Pending("").Request with { Agent = "" }, Patterns = ["prod-*"], MaxFailureRatio = 0.1 },
        Agents = ["prod-1", "prod-2", "prod-3"],
        CreatedAt = at ?? At,
        UpdatedAt = at ?? At,
    };

    /// <summary>One with all that a task can have.</summary>
    private static TaskRecord Full(string id) => new()
    {
        Id = id,
        Request = new TaskRequest
        {
            Agent = "prod-2", Type = TaskTypes.Shell, Command = "echo '磁盘 🙂' \"\\\"", Params = JsonSerializer.SerializeToElement(new { a = new[] { 1 } }),
            FileId = "f1", TimeoutSeconds = 7, WaitSeconds = 8, Priority = 9, Retries = 2, RetrySeconds = 3, Idempotent = true, CreatedBy = "k2",
            Fanout = "fan",
        },
        Status = TaskStatuses.Lost,
        CreatedAt = At.AddTicks(1),
        UpdatedAt = At.AddTicks(2),
        Attempt = 2,
        ReadyAt = At.AddTicks(3),
        SentAt = At.AddTicks(4),
        AcceptedAt = At.AddTicks(5),
        Position = 3,
        StartedAt = At.AddTicks(6),
        FinishedAt = At.AddTicks(7),
        CancelRequestedAt = At.AddTicks(8),
        CanceledBy = "k3",
        Approval = new TaskApproval(ApprovalState.Approved, "prod", At.AddHours(1), "k4", At, "好"),
        Result = JsonSerializer.SerializeToElement(new { rows = 1.5, text = "磁盘" }),
        ExitCode = -1,
        Problem = new Problem("task_lost", "It is lost."),
    };

    private static void AssertSame<T>(T expected, T? actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));

    private async Task<string> IdsAsync(TaskQuery query) => string.Join(' ', (await ListAsync(query)).Select(task => task.Id));
}
