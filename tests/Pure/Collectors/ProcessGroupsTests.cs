using Outrider.Agent.Collectors.Processes;

namespace Outrider.Tests.Pure.Collectors;

public sealed class ProcessGroupsTests
{
    [Fact]
    public void Select_SeveralOfAName_AddsThemUp()
    {
        var groups = new ProcessGroups();
        groups.Add("java", 10, 100, 5);
        groups.Add("java", null, 50, 2);
        groups.Add("new", null, 1, 1);
        var selected = groups.Select(top: 5);
        Assert.Equal([("java", 10.0, 150L, 7, 2), ("new", null, 1L, 1, 1)], selected.Select(one => (one.Name, one.CpuPercent, one.MemoryBytes, one.Threads, one.Count)));
    }

    [Fact]
    public void Select_NoLongerAmongTheTop_StaysAWhileSoThatItsSeriesHasNoHoles()
    {
        var groups = new ProcessGroups();
        groups.Add("burst", 90, 1, 1);
        groups.Add("big", 0, 1000, 1);
        Assert.Equal(["big", "burst"], Names(groups.Select(top: 1)));
        for (var run = 0; run < 119; run++)
            Assert.Equal(["big", "burst"], Names(Next(groups)));
        Assert.Equal(["big"], Names(Next(groups)));
    }

    [Fact]
    public void Select_GroupEnded_IsGone()
    {
        var groups = new ProcessGroups();
        groups.Add("short", 90, 1, 1);
        groups.Select(top: 1);
        groups.Clear();
        Assert.Empty(groups.Select(top: 1));
    }

    [Fact]
    public void Select_NamesChangeAllTheTime_StaysBounded()
    {
        var groups = new ProcessGroups();
        for (var run = 0; run < 50; run++)
        {
            groups.Clear();
            for (var i = 0; i < 100; i++)
                groups.Add($"p{i}", (i * 7 + run) % 100, 100 - i, 1);
            Assert.InRange(groups.Select(top: 3).Count, 3, 12);
        }
    }

    private static List<ProcessGroup> Next(ProcessGroups groups)
    {
        groups.Clear();
        groups.Add("burst", 0, 1, 1);
        groups.Add("big", 0, 1000, 1);
        return groups.Select(top: 1);
    }

    private static IEnumerable<string> Names(List<ProcessGroup> groups) => groups.Select(group => group.Name);
}
