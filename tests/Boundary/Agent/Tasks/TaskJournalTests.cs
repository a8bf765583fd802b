using Outrider.Agent.Logging;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Agent.Tasks;

public sealed class TaskJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-journal-").FullName;
    private readonly FakeTime _time = new();
    private readonly FakeDisk _disk = new();
    private readonly StringWriter _log = new();

    private string File => Path.Combine(_folder, "journal");

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Open_TornAnywhere_KnowsTheWholeRecordsBefore()
    {
        var records = new List<JournalRecord>
        {
            Accepted("a"), Accepted("b"), Started("a"),
            new(JournalRecordKind.Processes, "a", 1, 3) { Processes = new TaskProcesses(7, 8, "boot") },
            Ended("a"), new(JournalRecordKind.Forgotten, "a", 1, 5),
        };
        var ends = new List<long>();
        using (var journal = Open())
        {
            foreach (var record in records)
            {
                Assert.Null(journal.Append(record));
                ends.Add(new FileInfo(File).Length);
            }
        }
        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length <= whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            using var torn = Open();
            var known = ends.Count(end => end <= length);
            Assert.Equal(known switch { 0 => 0, 1 => 1, < 6 => 2, _ => 1 }, torn.Entries().Count);
            Assert.Equal(known == 6, torn.IsForgotten("a", 1));
            var a = torn.Entries().SingleOrDefault(entry => entry.TaskId == "a");
            Assert.Equal((known is 3 or 4 or 5, known == 4, known == 5), (a?.StartedAt is not null, a?.Processes.Count == 1, a?.HasEnded ?? false));
            Assert.Equal(known is >= 1 and < 5 ? "true" : null, torn.ReadTask("a", 1)?.Command);
            // What is written after it counts.
            Assert.Null(torn.Append(Accepted("c")));
            torn.Dispose();
            using var again = Open();
            Assert.Contains(again.Entries(), entry => entry.TaskId == "c");
        }
    }

    [Fact]
    public void Append_ThousandsThatEnd_StaysShortAndForgetsNoneOfThem()
    {
        using var journal = Open();
        for (var i = 0; i < 12_000; i++)
        {
            journal.Append(Accepted($"t{i}"));
            journal.Append(Started($"t{i}"));
            journal.Append(Ended($"t{i}"));
            journal.Append(new JournalRecord(JournalRecordKind.Forgotten, $"t{i}", 1, 0));
        }
        Assert.Empty(journal.Entries());
        Assert.InRange(new FileInfo(File).Length, 0, 4 * 1024 * 1024);
        using var again = Open();
        Assert.True(again.IsForgotten("t11999", 1) && again.IsForgotten("t2000", 1));
        Assert.False(again.IsForgotten("t1999", 1));
    }

    [Fact]
    public void Read_AfterCompacting_GivesWhatWasWritten()
    {
        using var journal = Open();
        for (var i = 0; i < 200; i++)
        {
            journal.Append(new JournalRecord(JournalRecordKind.Accepted, $"t{i}", 1, 0)
            {
                Task = new TaskCreate { TaskId = $"t{i}", Type = "shell", Attempt = 1, Command = new string((char)('a' + i % 26), 20_000) },
            });
        }
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(new string((char)('a' + i % 26), 20_000), journal.ReadTask($"t{i}", 1)?.Command));
        Assert.Null(journal.ReadEnd("t1", 1));
        journal.Append(Ended("t1"));
        Assert.Equal(TaskStatuses.Success, journal.ReadEnd("t1", 1)?.Status);
        Assert.Null(journal.ReadTask("t1", 1));
    }

    [Fact]
    public async Task Append_DiskIsFull_SaysSoAndTearsNothing()
    {
        using var journal = Open();
        journal.Append(Accepted("a"));
        _disk.Free = 20;
        var refused = journal.Append(Accepted("b"));
        Assert.Equal(ProblemCodes.Unavailable, refused?.Code);
        Assert.Contains("No space left", refused!.Message);
        _disk.Free = long.MaxValue;
        Assert.Null(journal.Append(Accepted("c")));
        Assert.Null(await journal.ForceAsync());
        using var again = Open();
        Assert.Equal(["a", "c"], again.Entries().Select(entry => entry.TaskId).Order());
    }

    [Fact]
    public void Open_DiskIsFull_GoesOnWithTheOldFile()
    {
        using (var before = Open())
            before.Append(Accepted("a"));
        _disk.Free = 4;
        using (var journal = Open())
        {
            Assert.Equal("a", journal.Entries().Single().TaskId);
            _disk.Free = long.MaxValue;
            Assert.Null(journal.Append(Accepted("b")));
        }
        using var again = Open();
        Assert.Equal(2, again.Entries().Count);
    }

    [Fact]
    public async Task Force_ManyAtOnce_SharesItsWait()
    {
        using var journal = Open();
        var before = _disk.Syncs;
        var waits = new List<Task<Problem?>>();
        for (var i = 0; i < 500; i++)
        {
            journal.Append(Accepted($"t{i}"));
            waits.Add(journal.ForceAsync());
        }
        Assert.All(await Task.WhenAll(waits), Assert.Null);
        Assert.InRange(_disk.Syncs - before, 1, 499);
    }

    [Fact]
    public void Open_OnLinux_NobodyElseMayRead()
    {
        using var journal = Open();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    private TaskJournal Open() => new(_folder, new AgentLog(TextWriter.Synchronized(_log), _time), _time, _disk.Create);

    private static JournalRecord Accepted(string id) => new(JournalRecordKind.Accepted, id, 1, 1)
    {
        Task = new TaskCreate { TaskId = id, Type = "shell", Attempt = 1, Command = "true" },
    };

    private static JournalRecord Started(string id) => new(JournalRecordKind.Started, id, 1, 2);

    private static JournalRecord Ended(string id) => new(JournalRecordKind.Ended, id, 1, 4)
    {
        End = new TaskComplete { TaskId = id, Attempt = 1, Status = TaskStatuses.Success, StartedAt = 2 },
    };
}
