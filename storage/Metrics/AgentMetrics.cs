using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>
/// What the store knows of an agent without asking the database: about 40 bytes a series beside their names, which agents share.
/// </summary>
internal sealed class AgentMetrics(AgentRow row) : IAgentWork
{
    /// <summary>Tables that are recognised; an agent has one, and for a moment two when its series change.</summary>
    private const int KnownTables = 2;

    private readonly Lock _lock = new();
    private readonly List<Series> _series = [];
    private readonly List<KnownTable> _tables = [];
    private readonly Dictionary<int, int> _folded = [];
    private readonly HashSet<int> _days = [];
    private Sample[] _latest = [];
    private int _waiting;
    private long _waitingBytes;
    private long _waitingSince;
    private long _waitingFrom = long.MaxValue;
    private long _foldingFrom = long.MaxValue;
    private int _moves;

    public int No => Row.No;

    public string Name => Row.Name;

    /// <summary>Held by whoever writes to the agent or removes it.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>As stored; changed only under <see cref="Gate"/>.</summary>
    public AgentRow Row { get; set; } = row;

    /// <summary>Changed only under <see cref="Gate"/>.</summary>
    public SeenBatches Seen { get; set; } = ReadSeen(row);

    /// <summary>Under <see cref="Gate"/>: it was removed from the store, and its name may be a new agent's.</summary>
    public bool Removed { get; set; }

    /// <summary>The latest samples are known up to this version; −1: those from before the store was opened are not.</summary>
    public long LatestThrough { get; private set; } = row.Version == 0 ? 0 : -1;

    /// <summary>Of the last few batches up to this version the samples are known; −1: of none.</summary>
    public long RecentThrough { get; private set; } = row.Version == 0 ? 0 : -1;

    public int SeriesCount
    {
        get
        {
            lock (_lock)
                return _series.Count;
        }
    }

    public void AddSeries(IEnumerable<Series> series)
    {
        lock (_lock)
            _series.AddRange(series);
    }

    /// <summary>What another process has changed; under <see cref="Gate"/>. The tables that are known may mean more now.</summary>
    public void Learn(AgentRow row)
    {
        Seen = ReadSeen(row);
        Row = row;
        lock (_lock)
            _tables.Clear();
    }

    public List<Series> Series()
    {
        lock (_lock)
            return [.. _series];
    }

    public KnownTable? FindTable(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            foreach (var table in _tables)
            {
                if (bytes.SequenceEqual(table.Bytes))
                    return table;
            }
            return null;
        }
    }

    public void Remember(KnownTable table)
    {
        lock (_lock)
        {
            _tables.RemoveAll(known => known.Bytes.AsSpan().SequenceEqual(table.Bytes));
            if (_tables.Count == KnownTables)
                _tables.RemoveAt(0);
            _tables.Add(table);
        }
    }

    /// <summary>Takes the samples of a batch, after which the agent is at a version.</summary>
    public void SetLatest(ReadOnlySpan<int> ordinals, SampleColumns samples, long version)
    {
        lock (_lock)
        {
            if (LatestThrough == version - 1)
                LatestThrough = version;
            if (RecentThrough == version - 1)
                RecentThrough = version;
            for (var i = 0; i < samples.Count; i++)
            {
                var ordinal = ordinals[samples.Series[i]];
                if (ordinal >= 0)
                    SetLatestNeedsLock(ordinal, new Sample(samples.Times[i], samples.Values[i]));
            }
        }
    }

    public void SetLatest(int ordinal, Sample sample)
    {
        lock (_lock)
            SetLatestNeedsLock(ordinal, sample);
    }

    /// <summary>The latest samples are known up to a version now.</summary>
    public void KnowLatest(long through)
    {
        lock (_lock)
            (LatestThrough, RecentThrough) = (Math.Max(LatestThrough, through), Math.Max(RecentThrough, through));
    }

    /// <summary>The samples of the last few batches are known up to a version now.</summary>
    public void KnowRecent(long through)
    {
        lock (_lock)
            RecentThrough = Math.Max(RecentThrough, through);
    }

    public Sample? Latest(int ordinal)
    {
        lock (_lock)
            return ordinal < _latest.Length && _latest[ordinal].Time > 0 ? _latest[ordinal] : null;
    }

    /// <summary>Counts a batch that came into the journal.</summary>
    public void Journaled(NewEntry entry)
    {
        lock (_lock)
        {
            if (_waiting <= 0)
                _waitingSince = entry.At;
            _waiting++;
            _waitingBytes += entry.Bytes.Length;
            _waitingFrom = Math.Min(_waitingFrom, entry.From);
        }
    }

    /// <summary>What waits in the journal, as the database says.</summary>
    public void SetWaiting(JournalHead head, long now)
    {
        lock (_lock)
        {
            (_waiting, _waitingBytes, _waitingSince) = (head.Count, head.Bytes, head.Since ?? now);
            _waitingFrom = head.Count == 0 ? long.MaxValue : head.From;
        }
    }

    /// <summary>Forgets what is folded and which days are to be rolled up, before it is read anew.</summary>
    public void ForgetWork()
    {
        lock (_lock)
        {
            _folded.Clear();
            _days.Clear();
            _foldingFrom = long.MaxValue;
        }
    }

    /// <summary>Says that what is in the journal now is about to be folded.</summary>
    public void BeginFold()
    {
        lock (_lock)
        {
            _moves++;
            _foldingFrom = Math.Min(_foldingFrom, _waitingFrom);
            _waitingFrom = long.MaxValue;
        }
    }

    /// <summary>Counts what was folded: the windows, and what left the journal.</summary>
    public void Folded(IEnumerable<int> windows, int entries, long bytes, long now)
    {
        lock (_lock)
        {
            _waiting -= entries;
            _waitingBytes -= bytes;
            _waitingSince = now;
            _foldingFrom = long.MaxValue;
            _moves++;
            foreach (var window in windows)
                _folded[window] = _folded.GetValueOrDefault(window) + 1;
        }
    }

    /// <summary>A folded chunk that was there when the store was opened.</summary>
    public void FoundFolded(int window, int part)
    {
        lock (_lock)
            _folded[window] = Math.Max(_folded.GetValueOrDefault(window), part + 1);
    }

    public bool IsDueToFold(int entries, long bytes, long since)
    {
        lock (_lock)
            return _waiting > 0 && (_waiting >= entries || _waitingBytes >= bytes || _waitingSince <= since);
    }

    /// <summary>The part of the next folded chunk of a window: how many it has.</summary>
    public int FoldedParts(int window)
    {
        lock (_lock)
            return _folded.GetValueOrDefault(window);
    }

    public FoldedWindows FindFolded()
    {
        lock (_lock)
            return new FoldedWindows([.. _folded.Keys], _moves, _foldingFrom != long.MaxValue);
    }

    /// <summary>Windows that end before or have many parts.</summary>
    public List<int> DueToCompact(int beforeWindow, int parts)
    {
        lock (_lock)
            return [.. _folded.Where(pair => pair.Key < beforeWindow || pair.Value >= parts).Select(pair => pair.Key).Order()];
    }

    /// <summary>A window was compacted; its day (null: none) has to be rolled up.</summary>
    public void Compacted(int window, int? day)
    {
        lock (_lock)
        {
            _folded.Remove(window);
            if (day is { } its)
                _days.Add(its);
        }
    }

    public void AddDay(int day)
    {
        lock (_lock)
            _days.Add(day);
    }

    public List<int> DueDays(int beforeDay)
    {
        lock (_lock)
            return [.. _days.Where(day => day < beforeDay).Order()];
    }

    public void RolledUp(int day)
    {
        lock (_lock)
            _days.Remove(day);
    }

    public bool IsDayPending(int day)
    {
        lock (_lock)
        {
            return _days.Contains(day) || IsWaitingNeedsLock((day + 1) * ChunkSpans.Day)
                || _folded.Keys.Any(window => window / ChunkSpans.RawWindowsPerDay == day);
        }
    }

    private static SeenBatches ReadSeen(AgentRow row)
    {
        try
        {
            return SeenBatches.Read(row.Seen);
        }
        catch (FormatException e)
        {
            throw new StorageException($"The record of agent {row.Name} in the metric store is damaged. Restore the store from a backup.", e);
        }
    }

    private bool IsWaitingNeedsLock(long before) => Math.Min(_waitingFrom, _foldingFrom) < before;

    private void SetLatestNeedsLock(int ordinal, Sample sample)
    {
        if (ordinal >= _latest.Length)
            Array.Resize(ref _latest, Math.Max(_series.Count, ordinal + 1));
        if (sample.Time >= _latest[ordinal].Time)
            _latest[ordinal] = sample;
    }
}
