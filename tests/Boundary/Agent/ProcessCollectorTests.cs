using Outrider.Agent.Collectors;
using Outrider.Agent.Collectors.Processes;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Agent;

public sealed class ProcessCollectorTests : IDisposable
{
    private const long Start = 1_795_180_200_000;

    private readonly string _root = Directory.CreateTempSubdirectory("outrider-processes-").FullName + "/";

    private ProcessSettings _settings = new();

    public ProcessCollectorTests()
    {
        Write("proc/meminfo", "MemTotal: 1000000 kB\n");
        Write("proc/stat", "cpu 1 1 1 1\nbtime 1795180000\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Collect_TwoRuns_GivesCpuOfTheTimeBetween()
    {
        var collector = Collector();
        Stat(10, "java", cpu: 1000, pages: 500);
        Assert.Null((await RunAsync(collector, Start)).Processes!.Rows.Single().CpuPercent);
        Stat(10, "java", cpu: 1750, pages: 500);
        Stat(11, "new", cpu: 250, pages: 10, started: 999);
        var table = (await RunAsync(collector, Start + 5_000)).Processes!;
        Assert.Equal([(10, 150.0), (11, 50.0)], table.Rows.Select(row => (row.Pid, row.CpuPercent!.Value)));
        Assert.Equal((2, 1_024_000_000L), (table.Total, table.MemoryBytes));
        var java = table.Rows[0];
        Assert.Equal((1, 17.5, 500L * Environment.SystemPageSize, 4, 1_795_180_000_000 + 1_000), (java.ParentPid, java.CpuSeconds, java.MemoryBytes, java.Threads, java.StartedAt));
        Assert.Null(java.NetworkSentBytes);
        Assert.Null(java.DiskReadBytes);
    }

    [Fact]
    public async Task Collect_PidUsedAgain_IsANewProcess()
    {
        var collector = Collector();
        Stat(10, "old", cpu: 100_000, started: 100);
        await RunAsync(collector, Start);
        Stat(10, "other", cpu: 100, started: 200);
        Assert.Equal(20, (await RunAsync(collector, Start + 5_000)).Processes!.Rows.Single().CpuPercent);
    }

    [Fact]
    public async Task Collect_ProcessEndsWhileItIsRead_IsLeftOut()
    {
        Stat(10, "java", cpu: 0);
        Directory.CreateDirectory(_root + "proc/11");
        Write("proc/12/stat", "12 (cut) R 1");
        Assert.Equal([10], (await RunAsync(Collector(), Start)).Processes!.Rows.Select(row => row.Pid));
    }

    [Fact]
    public async Task Collect_KernelThreads_AreNoProcesses()
    {
        Stat(2, "kthreadd", cpu: 0, parent: 0, flags: 2129984);
        Stat(3, "kworker/0:1", cpu: 0, parent: 2, flags: 69238880);
        Stat(10, "java", cpu: 0);
        var readings = await RunAsync(Collector(), Start);
        Assert.Equal(1, readings.Processes!.Total);
        Assert.Equal(1, readings.Values.Single(one => one.Series.Metric == "host_processes").Value);
    }

    [Fact]
    public async Task Collect_MoreThanTheTop_TakesThoseThatUseMost()
    {
        _settings = new ProcessSettings(Top: 2);
        var collector = Collector();
        for (var pid = 10; pid < 20; pid++)
            Stat(pid, $"p{pid}", cpu: 0, pages: pid);
        await RunAsync(collector, Start);
        for (var pid = 10; pid < 20; pid++)
            Stat(pid, $"p{pid}", cpu: 20 - pid, pages: pid);
        var readings = await RunAsync(collector, Start + 1_000);
        Assert.Equal([10, 11, 19, 18], readings.Processes!.Rows.Select(row => row.Pid));
        Assert.Equal(["p10", "p11", "p18", "p19"], readings.Values.Where(one => one.Series.Metric == "process_count").Select(one => one.Series["process"]));
    }

    [Fact]
    public async Task Collect_CommandsNotWanted_TellsNone()
    {
        Stat(10, "java", cpu: 0);
        Write("proc/10/cmdline", "java\0-jar\0a,b.jar\0");
        Assert.Equal("java -jar a,b.jar", (await RunAsync(Collector(), Start)).Processes!.Rows.Single().Command);
        _settings = _settings with { Commands = false };
        Assert.Null((await RunAsync(Collector(), Start)).Processes!.Rows.Single().Command);
    }

    [Fact]
    public async Task Collect_ThisMachine_FindsAChildWithItsParentAndCommand()
    {
        await using var child = ChildProcess.Start("sleep", ["1000"]);
        var collector = new ProcessCollector(() => new ProcessSettings(Top: 4_000));
        var readings = await RunAsync(collector, Start);
        var mine = readings.Processes!.Rows.SingleOrDefault(row => row.Pid == Environment.ProcessId)!;
        Assert.InRange(mine.MemoryBytes!.Value, 1 << 20, 64L << 30);
        Assert.NotNull(mine.DiskReadBytes);
        Assert.Equal(Environment.CurrentDirectory, mine.WorkingDirectory);
        var its = readings.Processes.Rows.Single(row => row.Pid == child.Id);
        Assert.Equal(Environment.ProcessId, its.ParentPid);
        Assert.InRange(readings.Processes.Total, 2, 100_000);
        Assert.All(readings.Values, one => Assert.NotNull(MetricCatalog.Find(one.Series.Metric)));
    }

    private static async Task<Readings> RunAsync(ProcessCollector collector, long time)
    {
        var readings = new Readings();
        readings.Begin(time);
        await collector.CollectAsync(readings, CancellationToken.None);
        return readings;
    }

    private ProcessCollector Collector() => new(() => _settings, _root);

    private void Stat(int pid, string name, int cpu, int pages = 1, int started = 100, int parent = 1, int flags = 4194304) => Write(
        $"proc/{pid}/stat", $"{pid} ({name}) S {parent} 1 1 0 -1 {flags} 0 0 0 0 {cpu} 0 0 0 20 0 4 0 {started} 1 {pages} 1\n");

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, text);
    }
}
