using Outrider.Agent.Collectors;
using Outrider.Agent.Logging;
using Outrider.Agent.Spool;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Agent;

public sealed class MetricSpoolTests : IDisposable
{
    private const string Boot = "b1";

    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-spool-").FullName;
    private readonly FakeTime _time = new();
    private readonly StringWriter _log = new();
    private readonly FakeDisk _disk = new();

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Take_AfterARestart_BringsBackWhatTheCentreDoesNotHave()
    {
        // Not disposed: as after kill -9.
        var killed = Open();
        killed.Attach();
        Append(killed, 1, 2, 3);
        Assert.Equal([1UL, 2, 3], Drain(killed, live: true));
        Assert.True(killed.Acknowledge(Boot, 2));

        using var spool = Open();
        spool.Attach();
        Assert.Equal(2, spool.Batches);
        Assert.Equal([3UL], Drain(spool, live: true));
        Assert.Equal([1UL], Drain(spool, live: false));
    }

    [Fact]
    public void Take_WritesTornAnywhere_LosesOnlyTheBatchBeingWritten()
    {
        var killed = Open();
        Append(killed, 1, 2, 3);
        var path = Directory.GetFiles(_folder).Single();
        var whole = File.ReadAllBytes(path);
        var lengths = new List<int>();
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            var spool = Open();
            spool.Attach();
            lengths.Add(spool.Batches);
            Assert.Equal(Enumerable.Range(1, spool.Batches).Select(seq => (ulong)seq), Drain(spool, live: false).Concat(Drain(spool, live: true)));
        }
        Assert.Equal([0, 1, 2], lengths.Distinct());
    }

    [Fact]
    public void Append_AfterATornWrite_BeginsASegmentOfItsOwn()
    {
        Append(Open(), 1, 2);
        var path = Directory.GetFiles(_folder).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^3]);
        Append(Open(), 3);
        using var spool = Open();
        spool.Attach();
        Assert.Equal([1UL], Drain(spool, live: false));
        Assert.Equal([3UL], Drain(spool, live: true));
    }

    [Fact]
    public void Take_LinkComesBack_SendsTheNewestFirstAndTheRestInOrder()
    {
        using var spool = Open();
        Append(spool, 1, 2, 3, 4);
        spool.Attach();
        Append(spool, 5, 6);
        Assert.Equal([4UL, 5, 6], Drain(spool, live: true));
        Assert.Equal([1UL, 2, 3], Drain(spool, live: false));
        spool.Acknowledge(Boot, 5);
        spool.Detach();
        Append(spool, 7);
        spool.Attach();
        Assert.Equal([7UL], Drain(spool, live: true));
        Assert.Equal([1UL, 2, 3, 4, 6], Drain(spool, live: false));
    }

    [Fact]
    public void Acknowledge_NotSentOverThisLink_IsRefused()
    {
        using var spool = Open();
        Append(spool, 1);
        Assert.False(spool.Acknowledge(Boot, 1));
        spool.Attach();
        Drain(spool, live: true);
        Assert.False(spool.Acknowledge("other", 1));
        Assert.False(spool.Acknowledge(Boot, 2));
        Assert.True(spool.Acknowledge(Boot, 1));
        Assert.False(spool.Acknowledge(Boot, 1));
        Assert.Equal((0, 0L), (spool.Batches, spool.Dropped));
    }

    [Fact]
    public void Acknowledge_Everything_LeavesNoFile()
    {
        using (var spool = Open())
        {
            spool.Attach();
            for (ulong seq = 1; seq <= 500; seq++)
            {
                Append(spool, seq);
                Drain(spool, live: true);
                spool.Acknowledge(Boot, seq);
                Assert.InRange(spool.Bytes, 0, 100 * 1024);
            }
        }
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Append_MoreThanTheBound_GivesUpTheOldestAndCounts()
    {
        using var spool = Open(new SpoolLimits(SpoolLimits.MinBytes, TimeSpan.FromHours(24)));
        for (ulong seq = 1; seq <= 3_000; seq++)
            Append(spool, seq);
        Assert.InRange(spool.Bytes, SpoolLimits.MinBytes / 2, SpoolLimits.MinBytes);
        Assert.Equal(spool.Bytes, Directory.GetFiles(_folder).Sum(path => new FileInfo(path).Length));
        Assert.True(spool.Dropped > 0);
        Assert.Equal(3_000, spool.Batches + spool.Dropped);
        spool.Attach();
        Assert.Equal(3_000UL, Drain(spool, live: true).Single());
        Assert.Equal(Enumerable.Range((int)spool.Dropped + 1, spool.Batches - 1).Select(seq => (ulong)seq), Drain(spool, live: false));
    }

    [Fact]
    public void Maintain_OlderThanADay_IsGivenUpAndCounted()
    {
        using var spool = Open();
        Append(spool, 1);
        _time.Advance(TimeSpan.FromHours(23));
        Append(spool, 2);
        spool.Maintain();
        Assert.Equal((2, 0L), (spool.Batches, spool.Dropped));
        _time.Advance(TimeSpan.FromHours(2));
        spool.Maintain();
        Assert.Equal((1, 1L), (spool.Batches, spool.Dropped));
    }

    [Fact]
    public void Maintain_BatchWaitsTwoSeconds_IsForcedToTheDiskOnce()
    {
        using var spool = Open(create: _disk.Create);
        Append(spool, 1);
        spool.Maintain();
        Assert.Equal(0, _disk.Syncs);
        _time.Advance(TimeSpan.FromSeconds(2));
        spool.Maintain();
        spool.Maintain();
        Assert.Equal(1, _disk.Syncs);
    }

    [Fact]
    public void Maintain_BatchAcknowledgedInTime_ForcesNothing()
    {
        using var spool = Open(create: _disk.Create);
        spool.Attach();
        Append(spool, 1);
        Drain(spool, live: true);
        spool.Acknowledge(Boot, 1);
        _time.Advance(TimeSpan.FromSeconds(5));
        spool.Maintain();
        Assert.Equal(0, _disk.Syncs);
    }

    [Fact]
    public void Append_SegmentIsFull_ForcesItToTheDiskBeforeTheNext()
    {
        using var spool = Open(new SpoolLimits(SpoolLimits.MinBytes, TimeSpan.FromHours(24)), _disk.Create);
        for (ulong seq = 1; Directory.GetFiles(_folder).Length < 2; seq++)
            Append(spool, seq);
        Assert.Equal(1, _disk.Syncs);
    }

    [Fact]
    public void Append_DiskFull_KeepsTheNewestInMemorySendsThemAndRecovers()
    {
        using (var spool = Open(create: _disk.Create))
        {
            Append(spool, 1);
            _disk.Free = 100;
            for (ulong seq = 2; seq <= 70; seq++)
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                Append(spool, seq);
            }
            Assert.Equal((65, 5L), (spool.Batches, spool.Dropped));
            Assert.Single(_log.ToString().Split('\n'), line => line.Contains("can't be written"));

            _disk.Free = long.MaxValue;
            _time.Advance(TimeSpan.FromSeconds(10));
            Append(spool, 71);
            Assert.Contains("written again", _log.ToString());
            spool.Attach();
            Assert.Equal([71UL], Drain(spool, live: true));
            ulong[] rest = [1, .. Enumerable.Range(7, 64).Select(seq => (ulong)seq)];
            Assert.Equal(rest, Drain(spool, live: false));
            foreach (var seq in rest)
                Assert.True(spool.Acknowledge(Boot, seq));
            Assert.Equal(1, spool.Batches);
        }
        // Nothing torn was left behind.
        using var again = Open();
        again.Attach();
        Assert.Equal([71UL], Drain(again, live: true));
    }

    [Fact]
    public void Append_DiskFullWithOlderSegments_GivesUpTheOldestForTheNewest()
    {
        using var spool = Open(new SpoolLimits(SpoolLimits.MinBytes, TimeSpan.FromHours(24)), _disk.Create);
        ulong seq = 1;
        for (; Directory.GetFiles(_folder).Length < 3; seq++)
            Append(spool, seq);
        _disk.Free = 10;
        _disk.OnFull = () => _disk.Free = 10_000;
        Append(spool, seq);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.True(spool.Dropped > 0);
        spool.Attach();
        Assert.Equal(seq, Drain(spool, live: true).Single());
    }

    [Fact]
    public void Open_FilesOfOthersAndDamagedOnes_AreLeftOut()
    {
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "x");
        File.WriteAllText(Path.Combine(_folder, "0000000000000007.seg"), "no segment");
        using var spool = Open();
        Assert.Equal(0, spool.Batches);
        Append(spool, 1);
        Assert.Equal(["0000000000000008.seg", "notes.txt"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Append_FromSeveralThreadsWhileItIsDrained_LosesNothing()
    {
        using var spool = Open();
        spool.Attach();
        var appending = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 250; i++)
                Append(spool, (ulong)(thread * 1_000 + i));
        })).ToArray();
        var seen = new HashSet<ulong>();
        var all = Task.WhenAll(appending);
        while (!all.IsCompleted || spool.Batches > 0)
        {
            foreach (var seq in Drain(spool, live: true))
            {
                Assert.True(seen.Add(seq));
                Assert.True(spool.Acknowledge(Boot, seq));
            }
        }
        await all;
        Assert.Equal((1_000, 0L), (seen.Count, spool.Dropped));
    }

    [Fact]
    public void Open_AnyFolder_IsReadableByItsOwnerOnly()
    {
        var inner = Path.Combine(_folder, "spool");
        using var spool = new MetricSpool(inner, SpoolLimits.Default, new AgentLog(_log, _time), _time);
        Append(spool, 1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(inner));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(inner).Single()));
    }

    private MetricSpool Open(SpoolLimits? limits = null, Func<string, ISegmentFile>? create = null) =>
        new(_folder, limits ?? SpoolLimits.Default, new AgentLog(TextWriter.Synchronized(_log), _time), _time, create);

    private static void Append(MetricSpool spool, params ulong[] seqs)
    {
        foreach (var seq in seqs)
            spool.Append(new EncodedBatch(Boot, seq, Content(seq)));
    }

    private static byte[] Content(ulong seq) => [.. BitConverter.GetBytes(seq), .. new byte[500]];

    private static List<ulong> Drain(MetricSpool spool, bool live)
    {
        var taken = new List<ulong>();
        while (spool.Take(live) is { } batch)
        {
            Assert.Equal(Content(batch.Seq), batch.Bytes.ToArray());
            taken.Add(batch.Seq);
        }
        return taken;
    }
}
