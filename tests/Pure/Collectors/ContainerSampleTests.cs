using System.Text;
using Outrider.Agent.Collectors.Containers;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Collectors;

public sealed class ContainerSampleTests
{
    private const double Machine = 16e9;

    /// <summary>As a daemon on cgroups v2 answers: no per-CPU list, operations in small letters.</summary>
    private const string V2 = """
        {"read":"2026-11-20T10:00:00Z","pids_stats":{"current":7,"limit":100},
         "blkio_stats":{"io_service_bytes_recursive":[{"major":8,"minor":0,"op":"read","value":4096},{"major":8,"minor":0,"op":"write","value":8192},{"major":9,"minor":0,"op":"read","value":1}],"sectors_recursive":null},
         "cpu_stats":{"cpu_usage":{"total_usage":2500000000,"usage_in_kernelmode":1,"usage_in_usermode":2},"system_cpu_usage":9,"online_cpus":4},
         "memory_stats":{"usage":1000000,"stats":{"inactive_file":250000,"anon":5},"limit":2000000},
         "networks":{"eth0":{"rx_bytes":100,"tx_bytes":10},"eth1":{"rx_bytes":1000,"tx_bytes":20}}}
        """;

    private const string V1 = """
        {"pids_stats":{},"blkio_stats":{"io_service_bytes_recursive":[{"op":"Read","value":5},{"op":"Write","value":6},{"op":"Total","value":11}]},
         "cpu_stats":{"cpu_usage":{"total_usage":1000000000,"percpu_usage":[1,2]}},
         "memory_stats":{"usage":1000,"max_usage":2000,"stats":{"total_inactive_file":100,"inactive_file":7},"limit":16000000000}}
        """;

    [Fact]
    public void TryRead_CgroupsV2_KnowsCpuAndAllNetworks()
    {
        Assert.True(ContainerSample.TryRead(Encoding.UTF8.GetBytes(V2), Machine, out var sample));
        Assert.Equal((2.5, 750000, 2000000), (sample.CpuSeconds, sample.MemoryBytes, sample.MemoryLimitBytes));
        Assert.Equal((1100, 30, 4097, 8192, 7), (sample.ReceivedBytes, sample.SentBytes, sample.DiskReadBytes, sample.DiskWrittenBytes, sample.Processes));
    }

    [Fact]
    public void TryRead_CgroupsV1WithTheHostsNetworkAndNoLimit_LeavesThoseUnknown()
    {
        Assert.True(ContainerSample.TryRead(Encoding.UTF8.GetBytes(V1), Machine, out var sample));
        Assert.Equal((1, 900, null), (sample.CpuSeconds, sample.MemoryBytes, sample.MemoryLimitBytes));
        Assert.Equal((null, null, 5, 6, null), (sample.ReceivedBytes, sample.SentBytes, sample.DiskReadBytes, sample.DiskWrittenBytes, sample.Processes));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"cpu_stats":null,"memory_stats":{},"networks":{"eth0":null},"blkio_stats":{"io_service_bytes_recursive":null}}""")]
    [InlineData("""{"networks":{},"blkio_stats":{"io_service_bytes_recursive":[null]},"memory_stats":{"stats":{}}}""")]
    public void TryRead_StoppedContainer_KnowsNothing(string json)
    {
        Assert.True(ContainerSample.TryRead(Encoding.UTF8.GetBytes(json), Machine, out var sample));
        Assert.Equal(default, sample);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"cpu_stats":{"cpu_usage":{"total_usage":-1}}}""")]
    public void TryRead_NoAnswerOfTheApi_IsRefused(string json) => Assert.False(ContainerSample.TryRead(Encoding.UTF8.GetBytes(json), Machine, out _));

    [Fact]
    public void TryRead_MutatedAnswers_NeverThrow()
    {
        var mutator = new Mutator(seed: 5);
        for (var i = 0; i < 10_000; i++)
            ContainerSample.TryRead(mutator.Mutate(Encoding.UTF8.GetBytes(i % 2 == 0 ? V1 : V2)), Machine, out _);
    }
}
