using System.Text;
using Outrider.Agent.Collectors.Proc;
using Outrider.Agent.Collectors.Processes;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Collectors;

/// <summary>Whatever a kernel, or somebody who mounts over /proc, writes there: reading it ends, and throws nothing.</summary>
public sealed class ProcFuzzTests
{
    private static readonly string[] s_texts =
    [
        "cpu  1 2 3 4 5 6 7 8\ncpu0 1 2 3 4 5 6 7 8\nbtime 1795180123\n",
        "MemTotal: 1000 kB\nMemFree: 100 kB\nSwapTotal: 0 kB\n",
        "5.23 10.00 9.36 2/291 15439\n",
        "1896\t0\t2466183\n",
        "  eth0: 564321025 18966 0 0 0 0 0 0 2160279 14897 0 0 0 0 0 0\n",
        " 254 0 vda 433049 48714 13555154 4838490 1770643 743002 66542920 788050 0 514164 5794962\n",
        "/dev/sdb1 /mnt/my\\040data xfs rw 0 0\n",
        "15443 (cat) R 15434 15434 4196 0 -1 4194304 100 0 0 0 7 5 0 0 20 0 3 0 1504637 3133440 393 1 1\n",
        "read_bytes: 4096\nwrite_bytes: 8192\n",
        "mysql\0-psecret\0--token\0x\0http://u:p@h/\0A_PASSWORD=x\0",
    ];

    [Fact]
    public void Readers_MutatedTexts_NeverThrow()
    {
        var mutator = new Mutator(seed: 4);
        foreach (var text in s_texts)
        {
            var valid = Encoding.UTF8.GetBytes(text);
            for (var i = 0; i < 3_000; i++)
                ReadAll(i % 10 == 0 ? mutator.Next() : mutator.Mutate(valid));
        }
    }

    private static void ReadAll(byte[] text)
    {
        var cpus = new CpuTable();
        cpus.Read(text);
        cpus.Total.Until(cpus.Total, new double[CpuTimes.Modes]);
        _ = BootTime.Read(text);
        _ = MemoryInfo.Read(text);
        _ = LoadAverage.Read(text);
        _ = FileHandles.Read(text);
        new NetworkTable().Read(text);
        new DiskTable().Read(text);
        new MountTable().Read(text);
        ProcessStat.TryRead(text, new NameTable(), out _);
        _ = ProcessIo.Read(text);
        Assert.True(CommandLine.Read(text, 64) is not { } command || Encoding.UTF8.GetByteCount(command) <= 64);
    }
}
