using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Metrics.Queries;

public sealed class ProcessTests
{
    private static readonly ProcessTable s_table = Table(
        Row(1, 0, "systemd", 1, 10), Row(2, 1, "sshd", 0, 5), Row(3, 2, "bash", 2, 5), Row(4, 3, "java", 300, 500), Row(5, 3, "java", 100, 100),
        Row(9, 77, "orphan", null, null));

    [Fact]
    public void Flat_Row_HasEveryFieldInItsUnit()
    {
        var row = new ProcessRow(42, "java")
        {
            ParentPid = 7, Command = "java -cp a,b", WorkingDirectory = "/srv", Category = "development", CpuPercent = 150, MemoryBytes = 512L << 20,
            Threads = 8, DiskReadBytes = 1, DiskWriteBytes = 2, NetworkSentBytes = 3, NetworkReceivedBytes = 4, StartedAt = 1_700_000_000_123, CpuSeconds = 12.5,
        };
        var view = Assert.Single(ProcessLists.Flat(Table(row), ProcessSort.Default, 100));
        Assert.Equal((42, 7, "java", "java -cp a,b", "/srv", "development"), (view.Pid, view.ParentPid, view.Name, view.Command, view.WorkingDirectory, view.Category));
        Assert.Equal((150.0, 37.5, 512L << 20, 12.5), (view.CpuPercent, view.CpuPercentNormalized, view.MemoryBytes, view.MemoryPercent));
        Assert.Equal((8, 1, 2, 3, 4, 12.5), (view.Threads, view.DiskReadBytes, view.DiskWriteBytes, view.NetworkSentBytes, view.NetworkReceivedBytes, view.CpuSeconds));
        Assert.Equal((DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), true), (view.StartedAt, view.IsActive));
        Assert.Null(view.Children);
    }

    [Theory]
    [InlineData("-cpu", new[] { 4, 5, 3, 1, 2, 9 })]
    [InlineData("cpu", new[] { 2, 1, 3, 5, 4, 9 })]
    [InlineData("-memory", new[] { 4, 5, 1, 3, 2, 9 })]
    [InlineData("pid", new[] { 1, 2, 3, 4, 5, 9 })]
    [InlineData("-pid", new[] { 9, 5, 4, 3, 2, 1 })]
    [InlineData("name", new[] { 3, 4, 5, 9, 2, 1 })]
    public void Flat_Sorted_HasTheUnknownLast(string sort, int[] pids) =>
        Assert.Equal(pids, ProcessLists.Flat(s_table, ProcessSort.Parse(sort).Value!, 100).Select(process => process.Pid));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--cpu")]
    [InlineData("status")]
    public void Sort_AnotherKey_IsRefused(string sort) => Assert.Equal(ProblemCodes.InvalidArgument, ProcessSort.Parse(sort).Problem?.Code);

    [Fact]
    public void ByName_Groups_AddUp()
    {
        var groups = ProcessLists.ByName(s_table, ProcessSort.Default, 2);
        Assert.Equal(["java", "bash"], groups.Select(group => group.Name));
        Assert.Equal(new ProcessTotals(2, 400, 100, 600L << 20, 600.0 / 4096 * 100, null), groups[0].Total);
        Assert.Equal([4, 5], groups[0].Pids);
    }

    [Fact]
    public void Tree_Roots_HaveNoParentOrOneThatIsNotThere()
    {
        var tree = ProcessTree.Of(s_table, ProcessSort.Default, 100);
        Assert.Equal([2, 1, 9], tree.Select(process => process.Pid));
        Assert.Equal((3, 402.0, 100.5, 610L << 20), (tree[0].ChildCount, tree[0].Total!.CpuPercent, tree[0].Total!.CpuPercentNormalized, tree[0].Total!.MemoryBytes));
        var bash = Assert.Single(tree[0].Children!);
        Assert.Equal([4, 5], bash.Children!.Select(process => process.Pid));
        Assert.Equal((2, 402.0), (bash.ChildCount, bash.Total!.CpuPercent));
        Assert.Equal((0, null), (tree[2].ChildCount, tree[2].Total!.CpuPercent));
    }

    [Fact]
    public void Tree_ParentsInACircle_AreAllThereOnce()
    {
        var tree = ProcessTree.Of(Table(Row(10, 12, "a", 1, 1), Row(11, 10, "b", 1, 1), Row(12, 11, "c", 1, 1), Row(20, 20, "self", 1, 1)), ProcessSort.Default, 100);
        Assert.Equal([10, 20], tree.Select(process => process.Pid).Order());
        Assert.Equal(3.0, tree.Single(process => process.Pid == 10).Total!.CpuPercent);
    }

    [Fact]
    public void Tree_VeryDeep_StandsInTwelveLevels()
    {
        var tree = ProcessTree.Of(Table([.. Enumerable.Range(2, 4_000).Select(pid => Row(pid, pid - 1, "x", 1, 1))]), ProcessSort.Default, 100);
        Assert.Equal(4_000, Assert.Single(tree).Total!.CpuPercent);
        Assert.Equal((ProcessTree.MaxDepth, 4_000), (Depth(tree), Count(tree)));
    }

    [Fact]
    public void Tree_OfAnyParents_HasEachProcessOnceAndTotalsThatAddUp() => Prop.ForAll(
        Gen.ListOf(Gen.Choose(0, 12), 12).ToArbitrary(),
        parents =>
        {
            var rows = parents.Select((parent, i) => Row(i + 1, parent, $"p{i}", i, i)).ToArray();
            var tree = ProcessTree.Of(Table(rows), ProcessSort.Default, 100);
            return Count(tree) == rows.Length && Pids(tree).Distinct().Count() == rows.Length
                && tree.Sum(root => root.Total!.CpuPercent) == rows.Sum(row => row.CpuPercent)
                && All(tree).All(process => process.Total!.Count == 1 + process.Children!.Sum(child => child.Total!.Count));
        }).QuickCheckThrowOnFailure();

    private static ProcessRow Row(int pid, int parent, string name, double? cpu, int? mega) =>
        new(pid, name) { ParentPid = parent, CpuPercent = cpu, MemoryBytes = (long?)mega << 20 };

    private static ProcessTable Table(params ProcessRow[] rows) => new(1_700_000_100_000, rows.Length, 4, 4L << 30, rows);

    private static int Depth(List<ProcessView> tree) => tree.Count == 0 ? 0 : 1 + tree.Max(process => Depth(process.Children!));

    private static int Count(List<ProcessView> tree) => All(tree).Count();

    private static IEnumerable<int> Pids(List<ProcessView> tree) => All(tree).Select(process => process.Pid);

    private static IEnumerable<ProcessView> All(List<ProcessView> tree) => tree.SelectMany(process => All(process.Children!).Prepend(process));
}
