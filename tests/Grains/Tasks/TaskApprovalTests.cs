using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using static Outrider.Tests.Grains.Tasks.TaskWorld;

namespace Outrider.Tests.Grains.Tasks;

public sealed class TaskApprovalTests : IAsyncLifetime
{
    private TaskWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await StartAsync();
        await _world.Settings.SetAsync(new TaskSettingsState { Approvals = [new ApprovalRule("restarts", Commands: ["systemctl restart *"])] }, null);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("systemctl restart nginx")]
    [InlineData("systemctl   \"restart\"  nginx")]
    [InlineData("SYSTEMCTL restart nginx")]
    [InlineData("sys\\temctl re''start nginx")]
    public async Task Create_CommandThatNeedsApproval_WaitsForASecondPerson(string command)
    {
        var link = await _world.LinkAsync("a");
        var created = (await _world.Task("t1").CreateAsync(Request("a", command))).Value!;
        Assert.Equal((TaskStatuses.Pending, ApprovalState.Waiting, "restarts"), (created.Status, created.Approval!.State, created.Approval.Rule));
        Assert.True(link.IsQuiet);

        Assert.Equal(ProblemCodes.Forbidden, (await _world.Task("t1").DecideAsync(true, "key-1", null)).Problem?.Code);
        Assert.True((await _world.Task("t1").DecideAsync(true, "key-2", "go")).Ok);
        Assert.Equal(command, (await link.NextAsync()).Create!.Command);
        Assert.Equal(ProblemCodes.Conflict, (await _world.Task("t1").DecideAsync(false, "key-3", null)).Problem?.Code);
    }

    [Fact]
    public async Task Create_CommandThatNeedsNone_IsSent()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a", "systemctl status nginx"));
        Assert.NotNull((await link.NextAsync()).Create);
    }

    [Fact]
    public async Task Rejected_NeverRuns()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a", "systemctl restart nginx"));
        var rejected = (await _world.Task("t1").DecideAsync(false, "key-2", "not today")).Value!;
        Assert.Equal((TaskStatuses.Canceled, ProblemCodes.ApprovalRefused), (rejected.Status, rejected.Problem?.Code));
        await _world.Task("t1").WakeAsync();
        Assert.True(link.IsQuiet);
    }

    [Fact]
    public async Task Undecided_ExpiresAfterHalfAnHour()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a", "systemctl restart nginx"));
        _world.Time.Advance(TaskApproval.Life);
        Assert.Equal(ProblemCodes.Conflict, (await _world.Task("t1").DecideAsync(true, "key-2", null)).Problem?.Code);
        var expired = (await _world.Task("t1").GetAsync()).Value!;
        Assert.Equal((TaskStatuses.Canceled, ApprovalState.Expired, ProblemCodes.ApprovalExpired), (expired.Status, expired.Approval!.State, expired.Problem?.Code));
        Assert.True(link.IsQuiet);
    }

    [Fact]
    public async Task Settings_ChangedByTwo_OneIsTold()
    {
        var now = await _world.Settings.GetAsync();
        Assert.True((await _world.Settings.SetAsync(now, now.Revision)).Ok);
        Assert.Equal(ProblemCodes.Conflict, (await _world.Settings.SetAsync(now, now.Revision)).Problem?.Code);
        var wrong = now with { Approvals = [new ApprovalRule("x", Types: ["shel"])] };
        Assert.Equal(ProblemCodes.InvalidArgument, (await _world.Settings.SetAsync(wrong, null)).Problem?.Code);
    }
}
