using Outrider.Api.Operations.Fleet;
using Outrider.Grains.Agents;
using Outrider.Grains.Fleet;

namespace Outrider.Tests.Pure.Fleet;

public sealed class FleetQuestionTests
{
    [Fact]
    public void ToQuery_NothingAsked_IsTheFirstPageOfTheWorst()
    {
        var query = new FleetQuestion().ToQuery().Value!;
        Assert.Equal((FleetSort.Worst, false, 1, 100, null, ""), (query.Sort, query.Descending, query.Page, query.PageSize, query.Status, query.Search));
    }

    [Fact]
    public void ToQuery_EverythingAsked_IsTaken()
    {
        var query = new FleetQuestion
        {
            Search = " Db ", Labels = ["role=a=b", "zone="], Status = "degraded", Sort = "last_seen", Descending = true, Page = 7, PageSize = 200,
        }.ToQuery().Value!;
        Assert.Equal(
            (FleetSort.LastSeen, true, 7, 200, AgentStatus.Degraded, "Db"),
            (query.Sort, query.Descending, query.Page, query.PageSize, query.Status, query.Search));
        Assert.Equal([KeyValuePair.Create("role", "a=b"), KeyValuePair.Create("zone", "")], query.Labels);
    }

    public static TheoryData<FleetQuestion, string> Wrong => new()
    {
        { new() { Sort = "cpu_percent" }, "worst, name, status, cpu, memory, disk, alerts, last_seen" },
        { new() { Sort = "0" }, "worst" },
        { new() { Status = "Online" }, "online, degraded, offline" },
        { new() { Page = 0 }, "page must be 1 or more" },
        { new() { PageSize = 201 }, "page_size must be 1 to 200" },
        { new() { PageSize = 0 }, "page_size must be 1 to 200" },
        { new() { Labels = ["role"] }, "name=value" },
        { new() { Labels = ["=db"] }, "name=value" },
        { new() { Labels = [.. Enumerable.Repeat("a=b", 21)] }, "at most 20" },
        { new() { Search = new string('x', 101) }, "100 characters" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void ToQuery_AnythingElse_SaysWhatIsAllowed(FleetQuestion question, string says) =>
        Assert.Contains(says, question.ToQuery().Problem?.Message);
}
