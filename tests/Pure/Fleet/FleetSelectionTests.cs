using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Agents;
using Outrider.Grains.Alerts;
using Outrider.Grains.Fleet;

namespace Outrider.Tests.Pure.Fleet;

public sealed class FleetSelectionTests
{
    private static readonly List<FleetAgent> s_fleet =
    [
        Fleets.Agent("calm") with { CpuPercent = 5, MemoryPercent = 30, DiskPercent = 40, LastSeenAt = At(3), Host = "Calm.example" },
        Fleets.Agent("busy") with { CpuPercent = 95, MemoryPercent = 20, LastSeenAt = At(4), Os = "Debian 13" },
        Fleets.Agent("full") with { CpuPercent = 10, DiskPercent = 97, LastSeenAt = At(2) },
        Fleets.Agent("gone").With(("role", "db"), ("zone", "a")) with { Status = AgentStatus.Offline, Connected = false },
        Fleets.Agent("late").With(("role", "web")) with { Status = AgentStatus.Degraded, LastSeenAt = At(1) },
        Fleets.Agent("warn").With(("role", "db")) with { CpuPercent = 50, Firing = 3, Severity = AlertSeverity.Warning },
        Fleets.Agent("crit") with { Firing = 1, Severity = AlertSeverity.Critical, MemoryPercent = 60 },
    ];

    [Theory]
    [InlineData(FleetSort.Worst, false, "crit warn gone late full busy calm")]
    [InlineData(FleetSort.Worst, true, "calm busy full late gone warn crit")]
    [InlineData(FleetSort.Name, false, "busy calm crit full gone late warn")]
    [InlineData(FleetSort.Name, true, "warn late gone full crit calm busy")]
    [InlineData(FleetSort.Status, false, "gone late busy calm crit full warn")]
    [InlineData(FleetSort.Cpu, false, "calm full warn busy crit gone late")]
    [InlineData(FleetSort.Cpu, true, "busy warn full calm crit gone late")]
    [InlineData(FleetSort.Memory, true, "crit calm busy full gone late warn")]
    [InlineData(FleetSort.Disk, true, "full calm busy crit gone late warn")]
    [InlineData(FleetSort.Alerts, true, "warn crit busy calm full gone late")]
    [InlineData(FleetSort.LastSeen, false, "late full calm busy crit gone warn")]
    [InlineData(FleetSort.LastSeen, true, "busy calm full late crit gone warn")]
    public void Of_ASort_PutsThemInOrderAndTheUnknownLast(FleetSort sort, bool descending, string expected) =>
        Assert.Equal(expected, NamesOf(new FleetQuery { Sort = sort, Descending = descending }));

    [Theory]
    [InlineData("", null, "", "busy calm crit full gone late warn")]
    [InlineData("C", null, "", "calm crit")]
    [InlineData("EXAMPLE", null, "", "calm")]
    [InlineData("debian", null, "", "busy")]
    [InlineData("web", null, "", "late")]
    [InlineData("role", null, "", "")]
    [InlineData("", AgentStatus.Offline, "", "gone")]
    [InlineData("", AgentStatus.Degraded, "", "late")]
    [InlineData("", null, "role=db", "gone warn")]
    [InlineData("", null, "role=db,zone=a", "gone")]
    [InlineData("", null, "role=db,role=web", "")]
    [InlineData("", null, "role=", "busy calm crit full")]
    [InlineData("warn", AgentStatus.Online, "role=db", "warn")]
    public void Of_AFilter_GivesWhatItMatches(string search, AgentStatus? status, string labels, string expected) => Assert.Equal(
        expected,
        NamesOf(new FleetQuery
        {
            Search = search,
            Status = status,
            Labels = [.. labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => KeyValuePair.Create(label.Split('=')[0], label.Split('=')[1]))],
            Sort = FleetSort.Name,
        }));

    [Theory]
    [InlineData(1, 3, "busy calm crit")]
    [InlineData(3, 3, "warn")]
    [InlineData(4, 3, "")]
    [InlineData(int.MaxValue, 200, "")]
    public void Of_APage_GivesItsPartAndTheWholeCount(int page, int size, string expected)
    {
        var query = new FleetQuery { Sort = FleetSort.Name, Page = page, PageSize = size };
        Assert.Equal(expected, NamesOf(query));
        Assert.Equal(s_fleet.Count, FleetSelection.Of(s_fleet, query).Matching);
    }

    [Fact]
    public void Of_AllPagesOfAnyFleet_AreAllThatMatchOnceInOneOrder()
    {
        var queries =
            from fleet in Fleets.Some
            from sort in Gen.Elements(Enum.GetValues<FleetSort>())
            from reverse in Gen.Elements(false, true)
            from label in Gen.Elements("", "db")
            from size in Gen.Choose(1, 7)
            select (fleet, new FleetQuery
            {
                Sort = sort, Descending = reverse, PageSize = size, Labels = label.Length == 0 ? [] : [KeyValuePair.Create("role", label)],
            });
        Prop.ForAll(queries.ToArbitrary(), drawn =>
        {
            var (fleet, query) = drawn;
            var whole = FleetSelection.Of(fleet, query with { PageSize = fleet.Count + 1 });
            var pages = Enumerable.Range(1, fleet.Count + 1).SelectMany(page => FleetSelection.Of(fleet, query with { Page = page }).Items);
            Assert.Equal(whole.Items, pages);
            Assert.Equal(whole.Matching, whole.Items.Count);
            Assert.Equal(
                fleet.Where(agent => query.Labels.Count == 0 || agent.Labels["role"] == "db").Select(agent => agent.Name),
                whole.Items.Select(agent => agent.Name).Order(StringComparer.Ordinal));
            // The order doesn't depend on how they came.
            Assert.Equal(whole.Items, FleetSelection.Of([.. Enumerable.Reverse(fleet)], query with { PageSize = fleet.Count + 1 }).Items);
        }).QuickCheckThrowOnFailure();
    }

    private static string NamesOf(FleetQuery query) => string.Join(' ', FleetSelection.Of(s_fleet, query).Items.Select(agent => agent.Name));

    private static DateTimeOffset At(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);
}
