using Outrider.Agent.Collectors;
using Outrider.Agent.Collectors.Host;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Boundary.Agent;

public sealed class HostCollectorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("outrider-host-").FullName + "/";

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Collect_ThisMachine_TellsOnlyWhatTheCatalogueKnows()
    {
        var collector = new HostCollector();
        var readings = new Readings();
        for (var run = 1; run <= 2; run++)
        {
            readings.Begin(run * 1000L);
            await collector.CollectAsync(readings, CancellationToken.None);
        }
        Assert.All(readings.Values, one =>
        {
            var described = MetricCatalog.Find(one.Series.Metric);
            Assert.NotNull(described);
            Assert.Null(one.Series.Fault());
            Assert.Equal(described.Labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), one.Series.Labels.ToArray().Select(label => label.Name));
            Assert.True(double.IsFinite(one.Value) && one.Value >= 0, $"{one.Series} is {one.Value}");
        });
        var metrics = readings.Values.Select(one => one.Series.Metric).ToHashSet();
        Assert.Superset(
            new HashSet<string> { "host_cpus", "host_load1", "host_memory_percent", "host_disk_percent", "host_file_handles", "host_uptime_seconds", "host_disk_inodes" }, metrics);
        Assert.Equal(readings.Values.Count, readings.Values.Select(one => one.Series).Distinct().Count());
        var root = readings.Values.Single(one => one.Series is { Metric: "host_disk_total_bytes" } && one.Series["mount"] == "/");
        Assert.Equal(new DriveInfo("/").TotalSize, root.Value);
    }

    [Fact]
    public async Task Collect_CpuBetweenTwoReadings_IsOfOneCoreAndOfTheMachine()
    {
        var collector = new HostCollector(_root);
        Write("proc/stat", "cpu  100 0 100 1000 0 0 0 0\ncpu0 50 0 50 500 0 0 0 0\ncpu1 50 0 50 500 0 0 0 0\n");
        var first = await CollectAsync(collector);
        Assert.Equal(["host_cpus=2"], first);
        Write("proc/stat", "cpu  175 0 100 1025 0 0 0 0\ncpu0 100 0 50 500 0 0 0 0\ncpu1 75 0 50 525 0 0 0 0\n");
        var second = await CollectAsync(collector);
        Assert.Subset(second.ToHashSet(), new HashSet<string>
        {
            "host_cpu_percent=150", "host_cpu_percent_normalized=75", "host_cpu_core_percent{cpu=\"0\"}=100", "host_cpu_core_percent{cpu=\"1\"}=50",
            "host_cpu_mode_percent{mode=\"user\"}=75", "host_cpu_mode_percent{mode=\"idle\"}=25",
        });
    }

    [Fact]
    public async Task Collect_DisksAndNetworks_LeavesPartitionsAndLoopbackOut()
    {
        Directory.CreateDirectory(_root + "sys/block/sda");
        Directory.CreateDirectory(_root + "sys/block/cciss!c0d0");
        Write("proc/diskstats", "8 0 sda 1 0 2 0 3 0 4 0 0 5 0\n8 1 sda1 1 0 2 0 3 0 4 0 0 5 0\n7 0 loop0 1 0 2 0 3 0 4 0 0 5 0\n104 0 cciss/c0d0 1 0 2 0 3 0 4 0 0 5 0\n");
        Write("proc/net/dev", " lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n eth0: 7 6 5 4 0 0 0 0 3 2 1 0 0 0 0 0\n veth12: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n");
        var told = await CollectAsync(new HostCollector(_root));
        Assert.Equal(10 + 8, told.Count);
        Assert.Contains("host_disk_written_bytes_total{device=\"sda\"}=2048", told);
        Assert.Contains("host_disk_busy_seconds_total{device=\"cciss/c0d0\"}=0.005", told);
        Assert.Contains("host_network_receive_drops_total{interface=\"eth0\"}=4", told);
    }

    [Fact]
    public async Task Collect_NothingReadable_Fails() =>
        await Assert.ThrowsAsync<IOException>(() => new HostCollector(_root).CollectAsync(new Readings(), CancellationToken.None).AsTask());

    private static async Task<List<string>> CollectAsync(HostCollector collector)
    {
        var readings = new Readings();
        await collector.CollectAsync(readings, CancellationToken.None);
        return [.. readings.Values.Select(one => $"{one.Series}={one.Value}")];
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, text);
    }
}
