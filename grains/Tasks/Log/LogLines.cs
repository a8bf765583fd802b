using System.Globalization;
using System.Text;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Log;

/// <summary>
/// Makes rows of the chunks of a task's log: a row for each line, whichever chunks it lies in; a line comes when its end does. What was
/// told already is passed over, so chunks may come again; what is missing is told. The rows don't depend on how the bytes lie in chunks,
/// only their order among streams does.
/// </summary>
/// <param name="from">The place after which it begins; default: the beginning.</param>
public sealed class LogLines(LogPlace from)
{
    /// <summary>Most bytes of a row; a longer line comes in pieces.</summary>
    public const int MaxLine = 16 * 1024;

    private static readonly TaskStream[] s_streams = [TaskStream.Stdout, TaskStream.Stderr, TaskStream.Note];

    private LogPlace _place = from;
    private Dictionary<TaskStream, Pending> _pending = Begin(from);

    /// <summary>The place after the last row.</summary>
    public LogPlace Place => _place;

    /// <summary>The chunk of the present attempt that is due next.</summary>
    public uint Next { get; private set; } = from.Chunk;

    /// <summary>
    /// Adds what a chunk completes. Chunks of an attempt before the present one are passed over. False: there are <paramref name="limit"/> rows
    /// or more, and the chunk has to come again.
    /// </summary>
    public bool Take(int attempt, LogChunk chunk, List<LogRow> rows, int limit = int.MaxValue)
    {
        if (attempt < _place.Attempt)
            return true;
        if (attempt > _place.Attempt)
            StartAttempt(attempt, rows);
        Next = Math.Max(Next, chunk.Number + 1);
        var pending = _pending[chunk.Stream];
        if (chunk.Offset > pending.End)
            Skip(pending, chunk, rows);
        var known = pending.End - chunk.Offset;
        return known >= chunk.Bytes.Length || Take(pending, chunk, chunk.Bytes.Span[(int)known..], rows, limit);
    }

    /// <summary>The present attempt is over: adds lines that have no end, and what is missing at the end.</summary>
    /// <param name="totals">What it wrote; null: not known.</param>
    public void End(LogTotals? totals, List<LogRow> rows)
    {
        foreach (var pending in _pending.Values)
        {
            Flush(pending, rows);
            var end = totals is null ? 0 : pending.Stream switch
            {
                TaskStream.Stdout => totals.Stdout,
                TaskStream.Stderr => totals.Stderr,
                _ => totals.Note,
            };
            if (end > pending.End)
                AddGap(pending, end, pending.At, rows);
        }
    }

    /// <summary>Lines that have no end yet, as they are: they come as rows once they have.</summary>
    public IEnumerable<LogRow> Unfinished() =>
        from pending in _pending.Values
        where pending.Length > 0
        select new LogRow(_place, pending.Stream, pending.At, pending.Text(pending.Length));

    private static Dictionary<TaskStream, Pending> Begin(LogPlace place) =>
        s_streams.ToDictionary(stream => stream, stream => new Pending(stream, place.Of(stream)));

    private void StartAttempt(int attempt, List<LogRow> rows)
    {
        End(null, rows);
        _place = new LogPlace(attempt, 0, 0, 0, 0);
        _pending = Begin(_place);
        Next = 0;
    }

    private void Skip(Pending pending, LogChunk chunk, List<LogRow> rows)
    {
        Flush(pending, rows);
        AddGap(pending, chunk.Offset, chunk.At, rows);
    }

    private bool Take(Pending pending, LogChunk chunk, ReadOnlySpan<byte> bytes, List<LogRow> rows, int limit)
    {
        while (!bytes.IsEmpty)
        {
            if (rows.Count >= limit)
                return false;
            if (pending.Length == 0)
                (pending.At, pending.Chunk) = (chunk.At, chunk.Number);
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            var taken = pending.Append(line, chunk);
            if (taken < line.Length)
            {
                // Full, and the line goes on.
                AddPiece(pending, chunk.Number, rows);
                bytes = bytes[taken..];
                continue;
            }
            bytes = bytes[taken..];
            if (end < 0)
                continue;
            bytes = bytes[1..];
            AddLine(pending, chunk.Number, rows);
        }
        return true;
    }

    private void AddLine(Pending pending, uint chunk, List<LogRow> rows)
    {
        var text = pending.Text(pending.Length - (pending.EndsIn((byte)'\r') ? 1 : 0));
        var told = pending.Told + pending.Length + 1;
        pending.Restart(told);
        Add(pending, chunk, text, rows);
    }

    private void AddPiece(Pending pending, uint chunk, List<LogRow> rows)
    {
        var length = pending.Whole();
        var text = pending.Text(length);
        pending.Cut(length);
        Add(pending, chunk, text, rows);
    }

    private void Flush(Pending pending, List<LogRow> rows)
    {
        if (pending.Length == 0)
            return;
        var (text, chunk) = (pending.Text(pending.Length), pending.Chunk);
        pending.Restart(pending.End);
        Add(pending, chunk, text, rows);
    }

    private void Add(Pending pending, uint chunk, string text, List<LogRow> rows)
    {
        Move(pending, chunk);
        rows.Add(new LogRow(_place, pending.Stream, pending.LineAt, text));
    }

    private void AddGap(Pending pending, long to, long at, List<LogRow> rows)
    {
        var missing = to - pending.End;
        pending.Restart(to);
        Move(pending, Next == 0 ? 0 : Next - 1);
        var bytes = missing.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');
        rows.Add(new LogRow(_place, pending.Stream, at, $"… {bytes} bytes are not here: they are not kept, or were missed.", missing));
    }

    private void Move(Pending pending, uint chunk)
    {
        var first = chunk;
        foreach (var other in _pending.Values)
        {
            if (other.Length > 0)
                first = Math.Min(first, other.Chunk);
        }
        _place = _place.With(pending.Stream, pending.Told) with { Chunk = first };
    }

    /// <summary>The line of a stream that has no end yet.</summary>
    private sealed class Pending(TaskStream stream, long told)
    {
        /// <summary>A cut lies behind so many bytes: a character has four at most.</summary>
        private const int FirstCut = MaxLine - 4;

        /// <summary>One more than a row holds, so that a line of just that length is whole, with its carriage return.</summary>
        private readonly byte[] _bytes = new byte[MaxLine + 1];

        /// <summary>In which chunk each of the bytes lies that may be the first after a cut.</summary>
        private readonly (uint Chunk, long At)[] _last = new (uint, long)[MaxLine + 1 - FirstCut];

        public TaskStream Stream => stream;

        /// <summary>Bytes of the stream before it.</summary>
        public long Told { get; private set; } = told;

        public int Length { get; private set; }

        public long End => Told + Length;

        /// <summary>When its beginning was read.</summary>
        public long At { get; set; }

        /// <summary>As <see cref="At"/>, of the row that was taken out last.</summary>
        public long LineAt { get; private set; }

        /// <summary>The chunk that its beginning lies in.</summary>
        public uint Chunk { get; set; }

        /// <summary>Takes in as much as there is room for.</summary>
        public int Append(ReadOnlySpan<byte> bytes, LogChunk chunk)
        {
            var taken = Math.Min(bytes.Length, _bytes.Length - Length);
            bytes[..taken].CopyTo(_bytes.AsSpan(Length));
            for (var i = Math.Max(Length, FirstCut); i < Length + taken; i++)
                _last[i - FirstCut] = (chunk.Number, chunk.At);
            Length += taken;
            return taken;
        }

        public string Text(int length) => Encoding.UTF8.GetString(_bytes, 0, length);

        public bool EndsIn(byte last) => Length > 0 && _bytes[Length - 1] == last;

        /// <summary>How many bytes a row takes that cuts no character in two.</summary>
        public int Whole()
        {
            var length = MaxLine;
            while (length > FirstCut && (_bytes[length] & 0xC0) == 0x80)
                length--;
            return length > FirstCut ? length : MaxLine;
        }

        /// <summary>Takes the beginning out.</summary>
        public void Cut(int length)
        {
            _bytes.AsSpan(length, Length - length).CopyTo(_bytes);
            LineAt = At;
            Told += length;
            Length -= length;
            (Chunk, At) = _last[length - FirstCut];
        }

        /// <summary>Nothing is pending; so much of the stream is told.</summary>
        public void Restart(long to)
        {
            LineAt = At;
            (Told, Length) = (to, 0);
        }
    }
}
