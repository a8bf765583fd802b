using System.Collections;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Silo.OrleansClient;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;

namespace Outrider.Tests.Cluster.Serialization;

/// <summary>What crosses between silos arrives as it was sent, every member of it.</summary>
public sealed class ContractCodecTests
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly JsonElement s_json = JsonSerializer.SerializeToElement(new { text = "ä\u0001\uD83D\uDE00", list = new object?[] { 1, 0.5, null, true } });
    private static readonly Problem s_problem = new(ProblemCodes.CommandFailed, "It ended with 3.") { RetryAfterSeconds = 5, Details = new() { ["rule"] = "r" } };

    private static readonly Grains.Tasks.TaskRequest s_request = new()
    {
        Agent = "db-1", Type = "shell", Command = "echo one", Params = s_json, FileId = "f-1", TimeoutSeconds = 7, WaitSeconds = 8, Priority = 9, Retries = 2,
        RetrySeconds = 3, Idempotent = true, CreatedBy = "k-1", Fanout = "fan-1",
    };

    private static readonly TaskApproval s_approval = new(ApprovalState.Approved, "production", s_at, "k-2", s_at, "fine");

    private static readonly TaskRecord s_record = new()
    {
        Id = "t-1", Request = s_request, Status = TaskStatuses.Lost, Revision = 4, CreatedAt = s_at, UpdatedAt = s_at, Attempt = 2, ReadyAt = s_at, SentAt = s_at,
        SentOver = "link", AcceptedAt = s_at, Position = 3, StartedAt = s_at, FinishedAt = s_at, CancelRequestedAt = s_at, CanceledBy = "k-3", Approval = s_approval,
        Result = s_json, ExitCode = 3, Problem = s_problem, Log = new LogTotals(1, 2, 3, 4), AwaitsAgent = true, DueAt = s_at,
    };

    private static readonly FanoutRequest s_fanout = new()
    {
        Task = s_request, Patterns = ["db-*"], Labels = new() { ["role"] = "db" }, BatchSize = 2, PauseSeconds = 3, MaxFailureRatio = 0.25,
    };

    private static readonly TaskCreate s_create = new()
    {
        TaskId = "t-1", Type = "file", Attempt = 2, Command = "true", Params = s_json, File = new TaskFile("f-1", "a.txt", 5, new string('a', 64), "grant"),
        Limits = new SqlLimits(1, 2, 3), TimeoutSeconds = 7, Priority = 8, Check = true, Actor = "k-1",
    };

    private static readonly Serializer s_serializer = new ServiceCollection()
        .AddContracts(ContractBindings.Create(), new CallOptions()).BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<object> Values => new(
        s_request,
        s_record,
        s_create,
        s_fanout,
        new FanoutRecord
        {
            Id = "fan-1", Request = s_fanout, Agents = ["db-1", "db-2"], Status = "running", Revision = 3, CreatedAt = s_at, UpdatedAt = s_at, FinishedAt = s_at,
            Begun = 1, NextBatchAt = s_at, Approval = s_approval, Counts = new() { [TaskStatuses.Success] = 1 }, CanceledBy = "k-1", Problem = s_problem, DueAt = s_at,
        },
        new TaskMessage(s_create, new TaskCancel("t-1"), new TaskLog("t-1", 2, uint.MaxValue), new TaskAck("t-1", 2)),
        new TaskReport("t-1", 2, TaskReport.Ended, 3, 4),
        new TaskComplete
        {
            TaskId = "t-1", Attempt = 2, Status = TaskStatuses.Failed, Problem = s_problem, Rows = 1, Truncated = "rows", ElapsedMs = 0.5, PayloadBytes = 6,
            Result = s_json, ExitCode = 3, StartedAt = 4, FinishedAt = 5, Log = new LogTotals(1, 2, 3, 4),
        },
        new TaskNews(s_record, 2, [0, 1, 255], true),
        new TaskSettingsState { Revision = 3, Approvals = [new ApprovalRule("production", ["shell"], ["db-*"], ["*rm *"], 20)] });

    [Theory]
    [MemberData(nameof(Values))]
    public void Roundtrip_OfEveryMember_ChangesNothing(object value)
    {
        Assert.Empty(Unset(value));
        var copy = RoundTrip(value);
        Assert.IsType(value.GetType(), copy);
        Assert.Empty(Unset(copy));
        Assert.Equal(Json(value), Json(copy));
    }

    [Fact]
    public void Roundtrip_AsGrainsAnswer_KeepsValuesAndProblems()
    {
        Assert.Equal(Json(s_record), Json(RoundTrip<Outcome<TaskRecord>>(s_record).Value));
        Assert.Equal(Json(s_problem), Json(RoundTrip<Outcome<TaskRecord>>(s_problem).Problem));
        Assert.Equal(uint.MaxValue, RoundTrip<Outcome<uint>>(uint.MaxValue).Value);
        Assert.Equal(s_problem.Code, RoundTrip<Outcome<uint>>(s_problem).Problem?.Code);
        var watcher = new ObserverRef<ITaskWatcher>("silo/1");
        Assert.Equal(watcher, RoundTrip(watcher));
        List<TaskReport> reports = [new("t-1", 1, TaskStatuses.Pending), new("t-2", 1, TaskReport.Ended)];
        Assert.Equal(reports, RoundTrip(reports));
    }

    /// <summary>Members that have no value: of the original, whose loss nobody would see; of the copy, those that were lost.</summary>
    private static IEnumerable<string> Unset(object value) => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(member => member.CanWrite)
        .Where(member => member.GetValue(value) is null or 0 or 0L or "" or false or ICollection { Count: 0 }).Select(member => member.Name);

    private static T RoundTrip<T>(T value) => s_serializer.Deserialize<T>(s_serializer.SerializeToArray(value))!;

    private static string Json(object? value) => JsonSerializer.Serialize(value);
}
