using System.Buffers;
using Outrider.Agent.Executors;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>
/// The output of one attempt: cuts it into chunks, keeps them, and hands them to the link in order. While the centre takes them, a writer
/// waits when too many are under way; while it doesn't, a writer never waits, and what isn't kept is only counted. Thread-safe.
/// </summary>
internal sealed class TaskOutput : ITaskOutput
{
    /// <summary>Writes of this length become chunks without being gathered.</summary>
    private const int PassBytes = 32 * 1024;

    /// <summary>Chunks that are kept but not sent yet, beyond which a writer waits: they must still be among those kept when their turn comes.</summary>
    private const int MaxUnsent = 4;

    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly KeptOutput _kept;
    private readonly TimeProvider _time;
    private readonly Action _due;
    private readonly Action<TaskProcesses> _started;
    private readonly ITimer _timer;
    private readonly long[] _offsets = new long[(int)TaskStream.Note + 1];
    private readonly Queue<uint> _unanswered = [];
    private byte[]? _gathered;
    private int _gatheredBytes;
    private TaskStream _gatheredStream;
    private long _gatheredAt;
    private TaskCompletionSource? _room;
    private uint _next;
    private uint _unsent;
    private bool _wanted;
    private bool _ended;
    private bool _unread;

    /// <param name="kept">Where it is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="due">Called when there may be something to send.</param>
    /// <param name="started">Notes what the task started.</param>
    public TaskOutput(KeptOutput kept, TimeProvider time, Action due, Action<TaskProcesses>? started = null)
    {
        (_kept, _time, _due, _started) = (kept, time, due, started ?? (_ => { }));
        _timer = time.CreateTimer(_ => OnGathered(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How much was written.</summary>
    public LogTotals Totals
    {
        get
        {
            lock (_lock)
                return new LogTotals(_next, _offsets[(int)TaskStream.Stdout], _offsets[(int)TaskStream.Stderr], _offsets[(int)TaskStream.Note]);
        }
    }

    /// <summary>Whether nothing is left to send over this link.</summary>
    public bool IsSent
    {
        get
        {
            lock (_lock)
                return _gatheredBytes == 0 && (_next == 0 || _wanted && _unsent >= _next);
        }
    }

    /// <summary>Whether <see cref="Next"/> may have a chunk.</summary>
    public bool HasDue
    {
        get
        {
            lock (_lock)
                return MayBeSent;
        }
    }

    private bool MayBeSent => _wanted && _unanswered.Count < TaskLimits.ChunkWindow && _unsent < _next;

    private bool HasRoom
    {
        get
        {
            var unsent = _next - Math.Min(_unsent, _next);
            return !_wanted || _ended || unsent < MaxUnsent && unsent + _unanswered.Count < TaskLimits.ChunkWindow;
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The output that an earlier process left, of which no more comes.</summary>
    /// <param name="kept">Where it is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="due">Called when there may be something to send.</param>
    /// <param name="chunks">How many chunks it had; null: nobody has counted them yet.</param>
    public static TaskOutput Left(KeptOutput kept, TimeProvider time, Action due, uint? chunks)
    {
        var output = new TaskOutput(kept, time, due) { _ended = true, _unread = chunks is not null, _next = chunks ?? 0 };
        if (chunks is null)
            output.Count(kept.Recover());
        return output;
    }

    public async ValueTask WriteAsync(TaskStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (!bytes.IsEmpty)
        {
            if (Room() is { } room)
                await room.WaitAsync(cancellation);
            else
                bytes = bytes[Take(stream, bytes)..];
        }
    }

    public void Started(TaskProcesses processes) => _started(processes);

    /// <summary>No more comes: what was gathered becomes the last chunk.</summary>
    public void End()
    {
        lock (_lock)
        {
            Flush();
            _ended = true;
            ReleaseFilesIfSent();
        }
        _timer.Dispose();
    }

    /// <summary>The centre has the chunks before <paramref name="next"/>, and wants those from there on.</summary>
    public void Want(uint next)
    {
        lock (_lock)
        {
            next = Math.Min(next, _next);
            if (!_wanted)
            {
                if (_unread)
                    _kept.Recover();
                _unread = false;
                _kept.Rewind();
                (_wanted, _unsent) = (true, next);
            }
            _unsent = Math.Max(_unsent, next);
            while (_unanswered.TryPeek(out var number) && number < next)
                _unanswered.Dequeue();
            MakeRoom();
        }
        _due();
    }

    /// <summary>The link is over.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _wanted = false;
            _unanswered.Clear();
            ReleaseFilesIfSent();
            MakeRoom();
        }
    }

    /// <summary>The next chunk to send; null: there is none, or the centre must answer first.</summary>
    /// <param name="buffer">At least <see cref="KeptOutput.MaxChunkBytes"/>; the chunk's bytes are a part of it.</param>
    public LogChunk? Next(Memory<byte> buffer)
    {
        lock (_lock)
        {
            if (!MayBeSent)
                return null;
            var chunk = _kept.Read(_unsent, buffer);
            // What is no longer kept is a gap in the numbers.
            _unsent = chunk is null ? _next : chunk.Number + 1;
            if (chunk is not null)
                _unanswered.Enqueue(chunk.Number);
            ReleaseFilesIfSent();
            MakeRoom();
            return chunk;
        }
    }

    /// <summary>Deletes what is kept.</summary>
    public void Delete()
    {
        lock (_lock)
        {
            _kept.Delete();
            (_wanted, _ended, _unsent) = (false, true, _next);
            MakeRoom();
        }
        _timer.Dispose();
    }

    /// <summary>Ends when a writer may go on; null: at once.</summary>
    private Task? Room()
    {
        lock (_lock)
        {
            if (HasRoom)
                return null;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    private void MakeRoom()
    {
        if (!HasRoom)
            return;
        _room?.SetResult();
        _room = null;
    }

    /// <summary>Takes in what fits into one chunk. Returns how many bytes.</summary>
    private int Take(TaskStream stream, ReadOnlyMemory<byte> bytes)
    {
        bool due;
        int taken;
        lock (_lock)
        {
            if (_ended)
                return bytes.Length;
            var before = _next;
            if (_gatheredBytes > 0 && _gatheredStream != stream)
                Flush();
            if (_gatheredBytes == 0 && bytes.Length >= PassBytes)
            {
                taken = Math.Min(bytes.Length, TaskLimits.ChunkBytes);
                Keep(stream, Now, bytes[..taken]);
            }
            else
            {
                taken = Gather(stream, bytes.Span);
            }
            due = _next != before;
        }
        if (due)
            _due();
        return taken;
    }

    private int Gather(TaskStream stream, ReadOnlySpan<byte> bytes)
    {
        if (_gatheredBytes == 0)
        {
            _gathered = ArrayPool<byte>.Shared.Rent(TaskLimits.ChunkBytes);
            (_gatheredStream, _gatheredAt) = (stream, Now);
            _timer.Change(s_gather, Timeout.InfiniteTimeSpan);
        }
        var taken = Math.Min(bytes.Length, TaskLimits.ChunkBytes - _gatheredBytes);
        bytes[..taken].CopyTo(_gathered.AsSpan(_gatheredBytes));
        _gatheredBytes += taken;
        if (_gatheredBytes == TaskLimits.ChunkBytes)
            Flush();
        return taken;
    }

    private void OnGathered()
    {
        lock (_lock)
            Flush();
        _due();
    }

    private void Flush()
    {
        if (_gatheredBytes == 0)
            return;
        Keep(_gatheredStream, _gatheredAt, _gathered.AsMemory(0, _gatheredBytes));
        // It may have held what is nobody else's business.
        ArrayPool<byte>.Shared.Return(_gathered!, clearArray: true);
        (_gathered, _gatheredBytes) = (null, 0);
    }

    private void Keep(TaskStream stream, long at, ReadOnlyMemory<byte> bytes)
    {
        _kept.Append(new LogChunk(_next, stream, at, _offsets[(int)stream], bytes));
        _offsets[(int)stream] += bytes.Length;
        _next++;
    }

    private void Count(LogTotals left)
    {
        _next = left.Chunks;
        (_offsets[(int)TaskStream.Stdout], _offsets[(int)TaskStream.Stderr], _offsets[(int)TaskStream.Note]) = (left.Stdout, left.Stderr, left.Note);
    }

    /// <summary>Thousands may have ended and wait for the centre: none of them holds a file open.</summary>
    private void ReleaseFilesIfSent()
    {
        if (_ended && (!_wanted || _unsent >= _next))
            _kept.Release();
    }
}
