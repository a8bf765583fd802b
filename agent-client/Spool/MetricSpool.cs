using Outrider.Agent.Collectors;
using Outrider.Agent.Logging;

namespace Outrider.Agent.Spool;

/// <summary>
/// Batches on the disk until the centre has them (docs/formats/agent-spool.md). A batch is with the operating system when
/// <see cref="Append"/> returns, so it survives <c>kill -9</c>; one that still waits two seconds later is forced to the disk, so that a loss
/// of power costs the last three seconds at most. While the disk is full the newest batches are kept in memory, and sent all the same.
/// Thread-safe.
/// </summary>
internal sealed class MetricSpool : IDisposable
{
    private static readonly TimeSpan s_syncAfter = TimeSpan.FromSeconds(2);

    /// <summary>Batches kept in memory while the disk is full.</summary>
    private const int MaxUnspooled = 64;

    /// <summary>Batches about to be sent whose bytes are kept, so that they needn't be read again.</summary>
    private const int MaxHeld = 8;

    /// <summary>A segment with nothing left to send is deleted from this size on, even while it is written.</summary>
    private const long IdleBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly SpoolLimits _limits;
    private readonly AgentLog _log;
    private readonly TimeProvider _time;
    private readonly SpoolFolder _folder;
    private readonly SpoolWriter _writer;
    private readonly List<SpoolSegment> _segments;
    private readonly List<SpoolEntry> _unspooled = [];
    private readonly List<SpoolEntry> _unsynced = [];
    private readonly List<SpoolEntry> _sent = [];
    private readonly Queue<SpoolEntry> _live = [];
    private readonly Queue<SpoolEntry> _backlog = [];
    private bool _attached;
    private bool _full;
    private long _dropped;

    /// <summary>Opens a spool and finds what an earlier process left. Throws <see cref="IOException"/> when the folder can't be made.</summary>
    public MetricSpool(string folder, SpoolLimits limits, AgentLog log, TimeProvider time, Func<string, ISegmentFile>? create = null)
    {
        (_limits, _log, _time) = (limits, log, time);
        _folder = new SpoolFolder(folder, log);
        _segments = _folder.Recover();
        _writer = new SpoolWriter(_folder, limits, create ?? SegmentFile.Create);
        if (Batches > 0)
            log.Info($"{Batches} batches of measurements wait for the centre.");
    }

    /// <summary>Raised after a batch was appended, on the thread that did.</summary>
    public event Action? Appended;

    /// <summary>Batches that wait.</summary>
    public int Batches
    {
        get
        {
            lock (_lock)
                return _segments.Sum(segment => segment.Waiting) + _unspooled.Count;
        }
    }

    /// <summary>On the disk.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _segments.Sum(segment => segment.Bytes);
        }
    }

    /// <summary>Batches given up since the agent started: too old, too many, or damaged.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Batches of the backlog that the link hasn't sent yet.</summary>
    public bool HasBacklog
    {
        get
        {
            lock (_lock)
                return _backlog.Count > 0;
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes a batch in.</summary>
    public void Append(EncodedBatch batch)
    {
        lock (_lock)
        {
            var entry = TryWrite(batch) ?? KeepInMemory(batch);
            if (_attached)
            {
                if (_live.Count < MaxHeld)
                    entry.Held = batch.Bytes;
                _live.Enqueue(entry);
            }
            Bound();
        }
        Appended?.Invoke();
    }

    /// <summary>A link begins: everything that waits is to be sent, the newest batch and those to come before the rest.</summary>
    public void Attach()
    {
        lock (_lock)
        {
            Detach();
            _attached = true;
            var waiting = _segments.SelectMany(segment => segment.Entries).Concat(_unspooled).Where(entry => !entry.Done)
                .OrderBy(entry => entry.Time).ToList();
            for (var i = 0; i < waiting.Count; i++)
                (i < waiting.Count - 1 ? _backlog : _live).Enqueue(waiting[i]);
        }
    }

    /// <summary>The link is lost: what was sent over it without an answer waits again.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _attached = false;
            foreach (var entry in _live.Where(entry => entry.Segment is not null))
                entry.Held = null;
            _sent.Clear();
            _live.Clear();
            _backlog.Clear();
        }
    }

    /// <summary>Takes the next batch to send; null: there is none. It waits on until it is acknowledged.</summary>
    /// <param name="live">Of the newest; else of the backlog, oldest first.</param>
    public EncodedBatch? Take(bool live)
    {
        lock (_lock)
        {
            var queue = live ? _live : _backlog;
            while (queue.TryDequeue(out var entry))
            {
                if (entry.Done)
                    continue;
                if ((entry.Held ?? _folder.Read(entry)) is { } bytes)
                {
                    if (entry.Segment is not null)
                        entry.Held = null;
                    _sent.Add(entry);
                    return new EncodedBatch(entry.Boot, entry.Seq, bytes);
                }
                GiveUp(entry);
                Release(entry);
            }
            return null;
        }
    }

    /// <summary>The centre has a batch, or will never take it: it needn't wait any more. False: it wasn't sent over this link.</summary>
    /// <param name="boot">Of the batch.</param>
    /// <param name="seq">Of the batch.</param>
    /// <param name="refused">The centre won't take it: it counts as given up.</param>
    public bool Acknowledge(string boot, ulong seq, bool refused = false)
    {
        lock (_lock)
        {
            var at = _sent.FindIndex(entry => entry.Seq == seq && entry.Boot == boot);
            if (at < 0)
                return false;
            var entry = _sent[at];
            _sent.RemoveAt(at);
            // It may have been given up meanwhile, with its segment.
            if (entry.Done)
                return true;
            if (refused)
                Interlocked.Increment(ref _dropped);
            Finish(entry);
            _writer.Acknowledge(entry, Now);
            Release(entry);
            return true;
        }
    }

    /// <summary>The centre can't take a batch now: it is sent again, with the backlog. False: it wasn't sent over this link.</summary>
    public bool PutBack(string boot, ulong seq)
    {
        lock (_lock)
        {
            var at = _sent.FindIndex(entry => entry.Seq == seq && entry.Boot == boot);
            if (at < 0)
                return false;
            _backlog.Enqueue(_sent[at]);
            _sent.RemoveAt(at);
            return true;
        }
    }

    /// <summary>Forces to the disk what has waited, and gives up what is too old. Called about once a second.</summary>
    public void Maintain()
    {
        lock (_lock)
        {
            _unsynced.RemoveAll(entry => entry.Done);
            if (_unsynced.Count > 0 && Now - _unsynced[0].Time >= s_syncAfter.TotalMilliseconds)
                Sync();
            Bound();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Detach();
            _unsynced.RemoveAll(entry => entry.Done);
            if (_unsynced.Count > 0)
                Sync();
            _writer.Close();
            foreach (var done in _segments.Where(segment => segment.Waiting == 0))
                _folder.Delete(done);
            _segments.Clear();
        }
    }

    private SpoolEntry? TryWrite(EncodedBatch batch)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var entry = _writer.Append(batch, Now, _segments.Add);
                _unsynced.Add(entry);
                if (_full)
                    _log.Info("The spool can be written again.");
                _full = false;
                return entry;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The oldest makes room for the newest, once.
                if (tries == 0 && _segments.Count > 1)
                {
                    DropOldest();
                    continue;
                }
                if (!_full)
                    _log.Error($"The spool can't be written: {e.Message} Until it can, the newest {MaxUnspooled} batches are kept in memory only.");
                _full = true;
                return null;
            }
        }
    }

    private SpoolEntry KeepInMemory(EncodedBatch batch)
    {
        if (_unspooled.Count >= MaxUnspooled)
        {
            GiveUp(_unspooled[0]);
            _unspooled.RemoveAt(0);
        }
        var entry = new SpoolEntry(batch.Boot, batch.Seq, Now, null, 0, 0) { Held = batch.Bytes };
        _unspooled.Add(entry);
        return entry;
    }

    private void Sync()
    {
        try
        {
            _writer.Sync();
            _unsynced.Clear();
        }
        catch (IOException e)
        {
            _log.Warn($"The spool can't be forced to the disk: {e.Message}");
        }
    }

    private void Bound()
    {
        var oldest = Now - (long)_limits.Age.TotalMilliseconds;
        while (_segments.Count > 0 && (_segments[0].NewestAt < oldest || _segments.Sum(segment => segment.Bytes) > _limits.Bytes))
            DropOldest();
    }

    private void DropOldest()
    {
        var segment = _segments[0];
        foreach (var entry in segment.Entries.Where(entry => !entry.Done))
            GiveUp(entry);
        Remove(segment);
    }

    private void GiveUp(SpoolEntry entry)
    {
        Interlocked.Increment(ref _dropped);
        Finish(entry);
    }

    private static void Finish(SpoolEntry entry)
    {
        (entry.Done, entry.Held) = (true, null);
        if (entry.Segment is not null)
            entry.Segment.Waiting--;
    }

    /// <summary>Deletes the segment of a batch that is done, once nothing of it waits.</summary>
    private void Release(SpoolEntry entry)
    {
        if (entry.Segment is not { } segment)
            _unspooled.Remove(entry);
        else if (segment.Waiting == 0 && (segment != _writer.Segment || segment.Bytes >= IdleBytes && _segments.Count == 1))
            Remove(segment);
    }

    private void Remove(SpoolSegment segment)
    {
        if (segment == _writer.Segment)
            _writer.Close();
        _folder.Delete(segment);
        _segments.Remove(segment);
    }
}
