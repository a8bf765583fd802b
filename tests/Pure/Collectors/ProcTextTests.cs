using System.Text;
using Outrider.Agent.Collectors.Proc;

namespace Outrider.Tests.Pure.Collectors;

/// <summary>Texts as real kernels write them, old and odd ones too.</summary>
public sealed class ProcTextTests
{
    private const string Stat = """
        cpu  1435463 12 216337 1296566 23814 7 14389 12758 100 3
        cpu0 710141 6 103788 668591 5102 3 6146 6075 50 1
        cpu11 725322 6 112549 627975 18711 4 8242 6682 50 2
        intr 15813673 0 0 0
        ctxt 173755235
        btime 1795180123
        processes 15443
        """;

    [Fact]
    public void CpuTable_ModernKernel_HasTotalAndCores()
    {
        var table = Cpus(Stat);
        Assert.True(table.Known);
        Assert.Equal([0, 11], table.Cores.Keys);
        Assert.Equal([1435463UL, 12, 216337, 1296566, 23814, 7, 14389, 12758], Modes(table.Total));
        Assert.Equal(627975UL, Modes(table.Cores[11])[3]);
        Assert.Equal(1_795_180_123_000, BootTime.Read(Bytes(Stat)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("intr 1 2 3\n")]
    [InlineData("cpu")]
    [InlineData("cpux 1 2 3\n")]
    public void CpuTable_NothingThere_IsUnknown(string text)
    {
        var table = Cpus(text);
        Assert.False(table.Known);
        Assert.Empty(table.Cores);
    }

    [Fact]
    public void CpuTable_KernelWithFourModes_LeavesTheOthersAtZero() =>
        Assert.Equal([5UL, 6, 7, 8, 0, 0, 0, 0], Modes(Cpus("cpu  5 6 7 8\ncpu0 5 6 7 8\n").Total));

    [Fact]
    public void Until_AnHourOfMixedWork_GivesSharesAndBusy()
    {
        var shares = new double[CpuTimes.Modes];
        var busy = Cpus("cpu 100 0 100 1000 50 0 0 0\n").Total.Until(Cpus("cpu 130 0 110 1050 60 0 0 0\n").Total, shares);
        Assert.Equal(40, busy!.Value, 9);
        Assert.Equal([30, 0, 10, 50, 10, 0, 0, 0], shares.Select(share => Math.Round(share, 9)));
    }

    [Fact]
    public void Until_IoWaitWentBack_CountsItAsNothing()
    {
        var shares = new double[CpuTimes.Modes];
        var busy = Cpus("cpu 100 0 0 1000 50\n").Total.Until(Cpus("cpu 150 0 0 1050 40\n").Total, shares);
        Assert.Equal(50, busy!.Value, 9);
        Assert.Equal(0, shares[4]);
    }

    [Fact]
    public void Until_CountersBeganAnewOrStoodStill_IsUnknown()
    {
        var shares = new double[CpuTimes.Modes];
        Assert.Null(Cpus("cpu 100 5 9 1000 50\n").Total.Until(Cpus("cpu 1 0 0 10 0\n").Total, shares));
        Assert.Null(Cpus("cpu 100 5 9 1000 50\n").Total.Until(Cpus("cpu 100 5 9 1000 50\n").Total, shares));
    }

    [Fact]
    public void MemoryInfo_ModernKernel_IsInBytes()
    {
        var memory = MemoryInfo.Read(Bytes("MemTotal:       1000 kB\nMemFree:   100 kB\nMemAvailable:  250 kB\nBuffers: 10 kB\nCached: 90 kB\nSwapCached: 7 kB\nSwapTotal: 200 kB\nSwapFree: 150 kB\n"));
        Assert.Equal((1_024_000, 102_400, 256_000, 10_240, 92_160), (memory.Total, memory.Free, memory.Available, memory.Buffers, memory.Cached));
        Assert.Equal((768_000, 75, 51_200, 25), (memory.Used, memory.Percent, memory.SwapUsed, memory.SwapPercent));
    }

    [Fact]
    public void MemoryInfo_WithoutSwapOrAvailable_LeavesThemUnknown()
    {
        var memory = MemoryInfo.Read(Bytes("MemTotal: 1000 kB\nMemFree: 100 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\nBuffers: x kB\n"));
        Assert.Equal((null, null, null, null), (memory.Available, memory.Used, memory.Percent, memory.Buffers));
        Assert.Equal((0, null), (memory.SwapTotal, memory.SwapPercent));
    }

    [Theory]
    [InlineData("5.23 10.00 9.36 2/291 15439\n", 5.23, 10.0, 9.36, 291.0)]
    [InlineData("0.00 0.01 0.05\n", 0.0, 0.01, 0.05, null)]
    [InlineData("", null, null, null, null)]
    public void LoadAverage_AnyKernel(string text, double? one, double? five, double? fifteen, double? threads) =>
        Assert.Equal(new LoadAverage(one, five, fifteen, threads), LoadAverage.Read(Bytes(text)));

    [Theory]
    [InlineData("1896\t0\t2466183\n", 1896.0, 2466183.0)]
    [InlineData("1000\t200\t9223372036854775807\n", 800.0, null)]
    [InlineData("10 20 30\n", null, 30.0)]
    [InlineData("\n", null, null)]
    public void FileHandles_AnyKernel(string text, double? used, double? max) =>
        Assert.Equal(new FileHandles(used, max), FileHandles.Read(Bytes(text)));

    [Fact]
    public void NetworkTable_RealText_HasEachInterface()
    {
        var table = new NetworkTable();
        table.Read(Bytes("""
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo: 10704136964 22174146    0    0    0     0          0         0 10704136964 22174146    0    0    0     0       0          0
              eth0:564321025   18966    1    2    0     0          0         0  2160279   14897    3    4    0     0       0          0
            eth0:1:       7       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
              cut: 5 6
            """));
        Assert.Equal(["lo", "eth0", "eth0:1", "cut"], table.Interfaces.Select(one => one.Name));
        Assert.Equal(
            new NetworkInterface("eth0")
            {
                ReceivedBytes = 564321025, ReceivedPackets = 18966, ReceiveErrors = 1, ReceiveDrops = 2, SentBytes = 2160279, SentPackets = 14897, SendErrors = 3, SendDrops = 4,
            },
            table.Interfaces[1]);
        Assert.Equal(new NetworkInterface("cut") { ReceivedBytes = 5, ReceivedPackets = 6 }, table.Interfaces[3]);
    }

    [Fact]
    public void DiskTable_KernelsOldAndNew_HasWhatTheyTell()
    {
        var table = new DiskTable();
        table.Read(Bytes("""
             254       0 vda 433049 48714 13555154 4838490 1770643 743002 66542920 788050 0 514164 5794962 461929 257 64793864 114438 653916 53982
               8       1 sda1 1 2 3 4
               8      16 sdb 10 0 20 0 30 0 40 0 0 1500 9
            """));
        Assert.Equal(
            [new Disk("vda", 433049, 13555154 * 512.0, 1770643, 66542920 * 512.0, 514.164), new Disk("sdb", 10, 10240, 30, 20480, 1.5)], table.Disks);
    }

    [Fact]
    public void MountTable_RealText_KeepsWhatHasSpaceOfItsOwn()
    {
        var table = new MountTable();
        table.Read(Bytes("""
            proc /proc proc rw 0 0
            devtmpfs /dev devtmpfs rw 0 0
            tmpfs /dev/shm tmpfs rw 0 0
            /dev/vda1 / ext4 rw,relatime 0 0
            /dev/vda1 /var/lib/bind ext4 rw 0 0
            tmpfs /tmp tmpfs rw 0 0
            /dev/sdb1 /mnt/my\040data\134x xfs rw 0 0
            server:/export /mnt/nfs nfs4 rw 0 0
            user@host:/ /mnt/ssh fuse.sshfs rw 0 0
            overlay /var/lib/docker/overlay2/ab/merged overlay rw 0 0
            tank/home /home zfs rw 0 0
            broken
            """));
        Assert.Equal(
            [new Mount("/", "/dev/vda1", "ext4"), new Mount("/tmp", "tmpfs", "tmpfs"), new Mount(@"/mnt/my data\x", "/dev/sdb1", "xfs"), new Mount("/home", "tank/home", "zfs")],
            table.Mounts);
    }

    [Fact]
    public void MountTable_Container_KeepsItsRoot()
    {
        var table = new MountTable();
        table.Read(Bytes("overlay / overlay rw 0 0\nshm /dev/shm tmpfs rw 0 0\n/dev/vda1 /etc/hosts ext4 rw 0 0\n"));
        Assert.Equal(["/", "/etc/hosts"], table.Mounts.Select(mount => mount.Point));
    }

    [Theory]
    [InlineData("15443 (cat) R 15434 15434 4196 0 -1 4194304 100 0 0 0 7 5 0 0 20 0 3 0 1504637 3133440 393 18446744073709551615 1 1\n", "cat", 'R', 15434, false)]
    [InlineData("7 (a) b (c) d) S 1 1 1 0 -1 4194304 100 0 0 0 7 5 0 0 20 0 3 0 1504637 3133440 393\n", "a) b (c) d", 'S', 1, false)]
    [InlineData("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 7 5 0 0 20 0 3 0 1504637 0 393 0\n", "kthreadd", 'S', 0, true)]
    [InlineData("9 () Z 1 1 1 0 -1 4227084 100 0 0 0 7 5 0 0 20 0 3 0 1504637 0 393\n", "", 'Z', 1, false)]
    public void ProcessStat_AnyName_IsRead(string text, string name, char state, int parent, bool kernel)
    {
        Assert.True(ProcessStat.TryRead(Bytes(text), new NameTable(), out var stat));
        Assert.Equal((name, state, parent, kernel), (stat.Name, stat.State, stat.ParentPid, stat.IsKernelThread));
        Assert.Equal((12UL, 3, 1504637UL, 393L), (stat.CpuTicks, stat.Threads, stat.StartTicks, stat.ResidentPages));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 (x")]
    [InlineData("12 (x)")]
    [InlineData("(x) R 1")]
    [InlineData("12 (x) R 1 1 1 0 -1 4194304 100 0 0 0 7 5 0 0 20 0 3 0 150")]
    [InlineData("12 (x) R a 1 1 0 -1 4194304 100 0 0 0 7 5 0 0 20 0 3 0 150 1 1")]
    public void ProcessStat_TextCutOff_IsRefused(string text) => Assert.False(ProcessStat.TryRead(Bytes(text), new NameTable(), out _));

    [Fact]
    public void ProcessIo_RealText_TellsWhatReachedDisks() => Assert.Equal(
        new ProcessIo(4096, 8192), ProcessIo.Read(Bytes("rchar: 6976\nwchar: 1\nsyscr: 10\nsyscw: 0\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 5\n")));

    [Fact]
    public void NameTable_SameBytes_GivesTheSameString()
    {
        var names = new NameTable();
        Assert.Same(names.Get("eth0"u8), names.Get("eth0"u8));
        Assert.Equal("\uFFFDx", names.Get([0xC3, (byte)'x']));
        Assert.Equal(256, names.Get(new byte[1000]).Length);
    }

    private static CpuTable Cpus(string text)
    {
        var table = new CpuTable();
        table.Read(Bytes(text));
        return table;
    }

    private static ulong[] Modes(CpuTimes times) => [.. Enumerable.Range(0, CpuTimes.Modes).Select(mode => times[mode])];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
