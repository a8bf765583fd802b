using Outrider.Agent.Logging;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent.Tasks;

public sealed class KeptOutputTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("outrider-output-").FullName;
    private readonly AgentLog _log = new(TextWriter.Null, TimeProvider.System);
    private readonly byte[] _buffer = new byte[KeptOutput.MaxChunkBytes];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Whatever is written in whatever pieces: read at any time, and again after a crash, it is a whole head and a whole tail.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Read_AnySequenceOfWrites_GivesHeadAndTailOfEachStreamAtTheirOffsets(int seed)
    {
        var random = new Random(seed);
        var folder = Path.Combine(_root, "t.1");
        var kept = new KeptOutput(folder, _log);
        var written = new Dictionary<TaskStream, MemoryStream> { [TaskStream.Stdout] = new(), [TaskStream.Stderr] = new(), [TaskStream.Note] = new() };
        for (var number = 0U; number < 200; number++)
        {
            var stream = random.Next(10) switch { 0 => TaskStream.Note, < 4 => TaskStream.Stderr, _ => TaskStream.Stdout };
            var bytes = new byte[random.Next(4) == 0 ? random.Next(1, 100) : random.Next(1, TaskLimits.ChunkBytes + 1)];
            random.NextBytes(bytes);
            kept.Append(new LogChunk(number, stream, number, written[stream].Length, bytes));
            written[stream].Write(bytes);
            if (random.Next(40) == 0)
                Check(kept, written);
        }
        Check(kept, written);
        kept.Release();
        var again = new KeptOutput(folder, _log);
        Assert.Equal(
            new LogTotals(200, written[TaskStream.Stdout].Length, written[TaskStream.Stderr].Length, written[TaskStream.Note].Length), again.Recover());
        Check(again, written);
        // It goes on where it was.
        again.Append(new LogChunk(200, TaskStream.Stdout, 0, written[TaskStream.Stdout].Length, new byte[] { 1 }));
        written[TaskStream.Stdout].WriteByte(1);
        Check(again, written);
        again.Delete();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Recover_TornAnywhere_GivesTheWholeChunksBefore()
    {
        var folder = Path.Combine(_root, "t.1");
        var kept = new KeptOutput(folder, _log);
        for (var number = 0U; number < 3; number++)
            kept.Append(new LogChunk(number, TaskStream.Stdout, 0, number * 5, new byte[5]));
        kept.Release();
        var path = Directory.GetFiles(folder).Single(file => file.EndsWith(".head", StringComparison.Ordinal));
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            var torn = new KeptOutput(folder, _log);
            var chunks = length * 3 / whole.Length;
            Assert.Equal(((uint)chunks, chunks * 5L), (torn.Recover().Chunks, torn.Recover().Stdout));
            Assert.Equal(chunks, ReadAll(torn, 0).Count);
            torn.Release();
        }
    }

    [Fact]
    public void Of_AnyId_IsAFolderBelowTheRoot()
    {
        foreach (var id in new[] { "..", "../x", "/etc", "a/b", "%2F", "~", "a.b" })
            Assert.Equal(_root, Path.GetDirectoryName(Path.GetFullPath(TaskFolder.Of(_root, id, 1))));
    }

    private void Check(KeptOutput kept, Dictionary<TaskStream, MemoryStream> written)
    {
        var chunks = ReadAll(kept, 0);
        Assert.Equal(chunks.Select(chunk => chunk.Number).Order(), chunks.Select(chunk => chunk.Number));
        foreach (var (stream, all) in written)
        {
            var whole = all.ToArray();
            var covered = new bool[whole.Length];
            foreach (var chunk in chunks.Where(chunk => chunk.Stream == stream))
            {
                Assert.True(chunk.Bytes.Span.SequenceEqual(whole.AsSpan((int)chunk.Offset, chunk.Bytes.Length)));
                covered.AsSpan((int)chunk.Offset, chunk.Bytes.Length).Fill(true);
            }
            Assert.DoesNotContain(false, covered.Take(TaskLimits.KeptHead));
            Assert.DoesNotContain(false, covered.TakeLast(TaskLimits.KeptTail));
            Assert.InRange(covered.Count(one => one), 0, TaskLimits.KeptHead + 2 * TaskLimits.KeptTail + 3 * TaskLimits.ChunkBytes);
        }
        if (chunks.Count > 5)
            Assert.Equal(chunks.Skip(5).Select(chunk => chunk.Number), ReadAll(kept, chunks[5].Number).Select(chunk => chunk.Number));
    }

    private List<LogChunk> ReadAll(KeptOutput kept, uint from)
    {
        var chunks = new List<LogChunk>();
        kept.Rewind();
        while (kept.Read(from, _buffer) is { } chunk)
        {
            chunks.Add(chunk with { Bytes = chunk.Bytes.ToArray() });
            from = chunk.Number + 1;
        }
        return chunks;
    }
}
