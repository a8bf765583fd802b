using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>
/// What the store knows of an agent without asking the database: about 40 bytes a series beside their names, which agents share.
/// </summary>
internal sealed class AgentMetrics(AgentRow row)
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
    public SeenBatches Seen { get; set; } = SeenBatches.Read(row.Seen);

    /// <summary>Under <see cref="Gate"/>: it was removed from the store, and its name may be a new agent's.</summary>
    public bool Removed { get; set; }

    /// <summary>Whether the latest samples from before the store was opened are loaded.</summary>
    public bool LatestLoaded { get; set; }

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

    public void SetLatest(ReadOnlySpan<int> ordinals, SampleColumns samples)
    {
        lock (_lock)
        {
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

    public Sample? Latest(int ordinal)
    {
        lock (_lock)
            return ordinal < _latest.Length && _latest[ordinal].Time > 0 ? _latest[ordinal] : null;
    }

    /// <summary>Counts what came into the journal.</summary>
    /// <param name="entries">How many batches.</param>
    /// <param name="bytes">Their length.</param>
    /// <param name="from">The time of their earliest sample, or earlier.</param>
    /// <param name="now">The time now.</param>
    public void Journaled(int entries, long bytes, long from, long now)
    {
        lock (_lock)
        {
            if (_waiting <= 0)
                _waitingSince = now;
            _waiting += entries;
            _waitingBytes += bytes;
            _waitingFrom = Math.Min(_waitingFrom, from);
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

    /// <summary>
    /// Windows that have folded chunks, and how often samples have begun or ended to move from the journal to there. Who reads only these
    /// windows has read all if the count is the same afterwards and no move is under way.
    /// </summary>
    public (HashSet<int> Windows, int Moves, bool Moving) FoldedWindows()
    {
        lock (_lock)
            return ([.. _folded.Keys], _moves, _foldingFrom != long.MaxValue);
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

    /// <summary>Whether the roll-ups of the day are still to be made, all or anew.</summary>
    public bool IsDayPending(int day)
    {
        lock (_lock)
        {
            return _days.Contains(day) || IsWaitingNeedsLock((day + 1) * ChunkSpans.Day)
                || _folded.Keys.Any(window => window / ChunkSpans.RawWindowsPerDay == day);
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
