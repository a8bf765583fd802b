using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Tasks;

public sealed class LogLinesTests
{
    private static readonly TaskStream[] s_streams = [TaskStream.Stdout, TaskStream.Stderr, TaskStream.Note];

    /// <summary>Writes of streams: some lines, ends and pieces of lines, now and then a very long one.</summary>
    private static Gen<List<(TaskStream Stream, byte[] Bytes)>> Writes { get; } =
        Gen.ListOf(
            from stream in Gen.Elements(s_streams)
            from text in Gen.Frequency(
                (6, Gen.Elements("", "a", "one\n", "\n", "x\r\n", "è", "\r", "two\nthree", "… 漢字\n", "🐟")),
                (1, Gen.Choose(1, 3).Select(times => string.Concat(Enumerable.Repeat("漢", times * 5_461)) + "x")),
                (1, Gen.Constant(new string('y', LogLines.MaxLine))))
            select (stream, Encoding.UTF8.GetBytes(text))).Select(writes => writes.ToList());

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\nb", "a|b")]
    [InlineData("\n\n", "|")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("a\rb\n", "a\rb")]
    public void Rows_OfText_AreItsLines(string text, string rows) =>
        Assert.Equal(rows.Length == 0 && text.Length == 0 ? [] : rows.Split('|'), Read([Chunk(0, TaskStream.Stdout, 0, text)]).Select(row => row.Text));

    [Fact]
    public void Rows_NoUtf8_AreReplaced() =>
        Assert.Equal("a\uFFFDb", Assert.Single(Read([new LogChunk(0, TaskStream.Stdout, 1, 0, new byte[] { (byte)'a', 0xFF, (byte)'b', (byte)'\n' })])).Text);

    [Theory]
    [InlineData(LogLines.MaxLine, "", 1)]
    [InlineData(LogLines.MaxLine, "\n", 1)]
    [InlineData(LogLines.MaxLine, "\r\n", 1)]
    [InlineData(LogLines.MaxLine + 2, "\n", 2)]
    [InlineData(3 * LogLines.MaxLine, "\n", 3)]
    public void Line_VeryLong_ComesInPieces(int length, string end, int rows)
    {
        var read = Read([Chunk(0, TaskStream.Stdout, 0, new string('x', length) + end)]);
        Assert.Equal(rows, read.Count);
        Assert.Equal(length, read.Sum(row => row.Text.Length));
    }

    [Fact]
    public void Rows_HoweverTheBytesLieInChunks_AreTheSame() => Prop.ForAll(
        Writes.ToArbitrary(), Gen.Choose(1, 5_000).ToArbitrary(), (writes, size) =>
        {
            var whole = Texts(Read(Chunks(writes)));
            var cut = Texts(Read(Chunks([.. writes.SelectMany(one => one.Bytes.Chunk(size).Select(piece => (one.Stream, piece)))])));
            return s_streams.All(stream => whole[stream].SequenceEqual(cut[stream]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_Joined_AreWhatWasWritten() => Prop.ForAll(Writes.ToArbitrary(), writes =>
    {
        var rows = Read(Chunks(writes));
        return rows.TrueForAll(row => row.Missing == 0) && s_streams.All(stream =>
        {
            var written = Encoding.UTF8.GetString([.. writes.Where(one => one.Stream == stream).SelectMany(one => one.Bytes)]);
            var told = string.Concat(rows.Where(row => row.Stream == stream).Select(row => row.Text));
            // A lone carriage return stays where it is no end.
            return told.Replace("\r", "") == written.Replace("\n", "").Replace("\r", "");
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_FromAnyRowOn_GivesTheRestAndNothingTwice() => Prop.ForAll(
        Writes.ToArbitrary(), Gen.Choose(1, 9_000).ToArbitrary(), Gen.Choose(0, 1_000).ToArbitrary(), (writes, size, pick) =>
        {
            var chunks = Chunks([.. writes.SelectMany(one => one.Bytes.Chunk(size).Select(piece => (one.Stream, piece)))]);
            var all = Read(chunks);
            if (all.Count == 0)
                return true;
            var at = pick % all.Count;
            if (!LogPlace.TryParse(all[at].Place.ToString(), out var place) || place != all[at].Place)
                return false;
            var rest = Read([.. chunks.Where(chunk => chunk.Number >= place.Chunk)], place);
            return rest.SequenceEqual(all.Skip(at + 1)) && all.Select(row => row.Place).Distinct().Count() == all.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Take_WithALimit_GivesTheSameRowsInParts() => Prop.ForAll(Writes.ToArbitrary(), Gen.Choose(1, 3).ToArbitrary(), (writes, limit) =>
    {
        var lines = new LogLines(default);
        var rows = new List<LogRow>();
        foreach (var chunk in Chunks(writes))
        {
            var part = new List<LogRow>();
            while (!lines.Take(1, chunk, part, limit))
            {
                rows.AddRange(part);
                part = [];
            }
            rows.AddRange(part);
        }
        lines.End(null, rows);
        return rows.SequenceEqual(Read(Chunks(writes)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Chunks_ThatComeAgain_ArePassedOver()
    {
        var chunks = Chunks([(TaskStream.Stdout, "one\ntw"u8.ToArray()), (TaskStream.Stderr, "e\n"u8.ToArray()), (TaskStream.Stdout, "o\n"u8.ToArray())]);
        Assert.Equal(["one", "e", "two"], Read([chunks[0], chunks[0], chunks[1], chunks[2], chunks[0], chunks[2]]).Select(row => row.Text));
    }

    [Fact]
    public void Gap_BetweenChunks_IsARowThatSaysHowMuch()
    {
        var rows = Read([Chunk(0, TaskStream.Stdout, 0, "one\ntwo"), Chunk(9, TaskStream.Stdout, 12_345_685, "rest\n")]);
        Assert.Equal(["one", "two", "… 12 345 678 bytes are not here: they are not kept, or were missed.", "rest"], rows.Select(row => row.Text));
        Assert.Equal([0, 0, 12_345_678, 0], rows.Select(row => row.Missing));
        // From the gap's own row it goes on after it.
        Assert.Equal(["rest"], Read([Chunk(9, TaskStream.Stdout, 12_345_685, "rest\n")], rows[2].Place).Select(row => row.Text));
    }

    [Fact]
    public void End_WithMoreWrittenThanCame_TellsWhatIsMissing()
    {
        var (lines, rows) = (new LogLines(default), new List<LogRow>());
        lines.Take(1, Chunk(0, TaskStream.Stdout, 0, "one\n"), rows);
        lines.End(new LogTotals(3, 10, 0, 0), rows);
        Assert.Equal([0, 6], rows.Select(row => row.Missing));
    }

    [Fact]
    public void Attempt_ANewOne_BeginsAnew()
    {
        var (lines, rows) = (new LogLines(default), new List<LogRow>());
        lines.Take(1, Chunk(0, TaskStream.Stdout, 0, "first"), rows);
        lines.Take(2, Chunk(0, TaskStream.Stdout, 0, "second\n"), rows);
        lines.Take(1, Chunk(1, TaskStream.Stdout, 5, "late\n"), rows);
        Assert.Equal(["1 first", "2 second"], rows.Select(row => $"{row.Place.Attempt} {row.Text}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3.4")]
    [InlineData("0.0.0.0.0")]
    [InlineData("1.0.0.0.-1")]
    [InlineData("1.4294967296.0.0.0")]
    [InlineData("1.0.0.0.0.0")]
    [InlineData("1.0.0.0.99999999999999999999")]
    [InlineData("end")]
    public void Place_ThatIsNone_IsRefused(string? text) => Assert.False(LogPlace.TryParse(text, out _));

    private static List<LogRow> Read(List<LogChunk> chunks, LogPlace from = default)
    {
        var (lines, rows) = (new LogLines(from), new List<LogRow>());
        foreach (var chunk in chunks)
            Assert.True(lines.Take(1, chunk, rows));
        lines.End(null, rows);
        return rows;
    }

    private static Dictionary<TaskStream, List<string>> Texts(List<LogRow> rows) =>
        s_streams.ToDictionary(stream => stream, stream => rows.Where(row => row.Stream == stream).Select(row => row.Text).ToList());

    private static LogChunk Chunk(uint number, TaskStream stream, long offset, string text) =>
        new(number, stream, number, offset, Encoding.UTF8.GetBytes(text));

    private static List<LogChunk> Chunks(List<(TaskStream Stream, byte[] Bytes)> writes)
    {
        var ends = new Dictionary<TaskStream, long>();
        var chunks = new List<LogChunk>();
        foreach (var (stream, bytes) in writes.Where(one => one.Bytes.Length > 0))
        {
            chunks.Add(new LogChunk((uint)chunks.Count, stream, 1_000 + chunks.Count, ends.GetValueOrDefault(stream), bytes));
            ends[stream] = ends.GetValueOrDefault(stream) + bytes.Length;
        }
        return chunks;
    }
}
