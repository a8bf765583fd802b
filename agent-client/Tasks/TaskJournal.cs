using Microsoft.Win32.SafeHandles;
using Outrider.Agent.Logging;
using Outrider.Agent.Spool;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>
/// What the agent has taken on and what became of it, on its disk (docs/formats/agent-tasks.md). A record is with the operating system when
/// <see cref="Append"/> returns, so it survives <c>kill -9</c>; and a loss of power once <see cref="ForceAsync"/> has ended. Thread-safe.
/// </summary>
internal sealed class TaskJournal : IDisposable
{
    private const string FileName = "journal";

    /// <summary>No task is accepted while the journal is longer.</summary>
    private const long MaxBytes = 256L * 1024 * 1024;

    /// <summary>A shorter journal isn't compacted.</summary>
    private const long CompactFrom = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly string _path;
    private readonly AgentLog _log;
    private readonly TimeProvider _time;
    private readonly Func<string, ISegmentFile> _create;
    private readonly JournalTable _table = new();
    private ISegmentFile? _file;
    private SafeFileHandle? _reader;
    private long _length;
    private long _compactAt = CompactFrom;
    private TaskCompletionSource<Problem?>? _forced;
    private bool _forcing;
    private bool _closed;

    /// <summary>Opens a journal, finds what an earlier process left, and writes it anew without what is over.</summary>
    /// <param name="folder">Its folder, which is made if it isn't there.</param>
    /// <param name="log">Where a torn end and a full disk are told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="create">Begins a file; default: on the disk.</param>
    public TaskJournal(string folder, AgentLog log, TimeProvider time, Func<string, ISegmentFile>? create = null)
    {
        (_folder, _path, _log, _time, _create) = (folder, Path.Combine(folder, FileName), log, time, create ?? SegmentFile.Create);
        TaskFolder.Create(folder);
        Recover();
        Compact();
    }

    private string NewPath => _path + ".new";

    /// <summary>The attempts that aren't forgotten, now.</summary>
    public List<JournalEntry> Entries()
    {
        lock (_lock)
            return [.. _table.Entries];
    }

    /// <summary>Whether this attempt was here and is forgotten.</summary>
    public bool IsForgotten(string task, int attempt)
    {
        lock (_lock)
            return _table.IsForgotten(task, attempt);
    }

    /// <summary>Appends a record. <c>unavailable</c>: it can't be written, and what it tells of must not be done; <c>agent_busy</c>: too much waits.</summary>
    public Problem? Append(JournalRecord record)
    {
        lock (_lock)
        {
            if (!_closed && (_length >= _compactAt || _file is null))
                Compact();
            if (record.Kind == JournalRecordKind.Accepted && _length > MaxBytes)
                return new Problem(ProblemCodes.AgentBusy, $"The agent's task journal has more than {MaxBytes} bytes. Ask again when tasks have ended.");
            try
            {
                if (_file is null)
                    throw new IOException($"{_path} can't be begun.");
                var bytes = JournalCodec.Write(record);
                _file.Write(bytes, _length);
                _table.Apply(record, new JournalPlace(_length, bytes.Length));
                _length += bytes.Length;
                return null;
            }
            catch (IOException e)
            {
                CutOff();
                // What is over isn't done again, even if only memory says so.
                if (record.Kind == JournalRecordKind.Forgotten)
                    _table.Apply(record, default);
                return Unwritable(e);
            }
        }
    }

    /// <summary>Ends once all that was appended until now survives a loss of power; many callers share one wait. <c>unavailable</c>: it can't be forced.</summary>
    public Task<Problem?> ForceAsync()
    {
        lock (_lock)
        {
            _forced ??= new TaskCompletionSource<Problem?>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_forcing)
                _ = Task.Run(Force);
            _forcing = true;
            return _forced.Task;
        }
    }

    /// <summary>What an attempt that hasn't ended is to do; null: it can't be read.</summary>
    public TaskCreate? ReadTask(string task, int attempt) => Read(task, attempt)?.Task;

    /// <summary>How an attempt ended; null: it hasn't, or it can't be read.</summary>
    public TaskComplete? ReadEnd(string task, int attempt) => Read(task, attempt)?.End;

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            Close();
        }
    }

    private JournalRecord? Read(string task, int attempt)
    {
        lock (_lock)
        {
            if (_table.Find(task, attempt) is not { Records: [var place, ..] })
                return null;
            try
            {
                return JournalCodec.Read(ReadBytes(place));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _log.Error($"The task journal can't be read: {e.Message}");
                return null;
            }
        }
    }

    private byte[] ReadBytes(JournalPlace place)
    {
        _reader ??= File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[place.Length];
        return RandomAccess.Read(_reader, bytes, place.At) == bytes.Length ? bytes : throw new IOException($"{_path} is shorter than it was.");
    }

    private void Force()
    {
        while (true)
        {
            TaskCompletionSource<Problem?> due;
            ISegmentFile? file;
            lock (_lock)
            {
                if (_forced is null)
                {
                    _forcing = false;
                    return;
                }
                (due, _forced, file) = (_forced, null, _file);
            }
            due.SetResult(Sync(file));
        }
    }

    private static Problem? Sync(ISegmentFile? file)
    {
        try
        {
            file?.Sync();
            return null;
        }
        catch (ObjectDisposedException)
        {
            // It was compacted meanwhile, and the new file was forced.
            return null;
        }
        catch (IOException e)
        {
            return Unwritable(e);
        }
    }

    private static Problem Unwritable(IOException e) =>
        new(ProblemCodes.Unavailable, $"The agent can't write its task journal, so it runs no task: {e.Message}");

    /// <summary>Reads what is there, up to the first record that isn't whole: behind it, after a crash in the middle of a write, there is nothing.</summary>
    private void Recover()
    {
        File.Delete(NewPath);
        if (!File.Exists(_path))
            return;
        _reader = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var end = RandomAccess.GetLength(_reader);
        if (end < JournalCodec.Header.Length || !ReadBytes(new JournalPlace(0, JournalCodec.Header.Length)).AsSpan().SequenceEqual(JournalCodec.Header))
        {
            if (end > 0)
                _log.Error($"{_path} is no task journal of this version. What it held is left out.");
            return;
        }
        _length = JournalCodec.Header.Length;
        while (NextLength(end) is { } length && JournalCodec.Read(ReadBytes(new JournalPlace(_length, length))) is { } record)
        {
            _table.Apply(record, new JournalPlace(_length, length));
            _length += length;
        }
        if (_length < end)
            _log.Info($"{_path} ends in {end - _length} bytes that a crash left unfinished; they were left out.");
    }

    private int? NextLength(long end) =>
        _length + JournalCodec.FrameBytes <= end
        && JournalCodec.LengthOf(ReadBytes(new JournalPlace(_length, JournalCodec.FrameBytes))) is { } length
        && _length + length <= end ? length : null;

    /// <summary>Writes a new journal of what isn't over, and puts it in the place of the old one. While that fails, the old one is written on.</summary>
    private void Compact()
    {
        ISegmentFile? file = null;
        try
        {
            File.Delete(NewPath);
            file = _create(NewPath);
            var (length, places) = CopyTo(file);
            file.Sync();
            File.Move(NewPath, _path, overwrite: true);
            TaskFolder.Sync(_folder);
            Close();
            (_file, _length, _compactAt) = (file, length, Math.Max(CompactFrom, 2 * length));
            foreach (var (entry, moved) in places)
            {
                entry.Records.Clear();
                entry.Records.AddRange(moved);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.Warn($"The task journal can't be compacted: {e.Message}");
            file?.Dispose();
            _compactAt = Math.Max(_compactAt, _length + CompactFrom);
            Reopen();
        }
    }

    private (long Length, List<(JournalEntry Entry, List<JournalPlace> Records)> Places) CopyTo(ISegmentFile file)
    {
        var places = new List<(JournalEntry, List<JournalPlace>)>();
        file.Write(JournalCodec.Header, 0);
        long at = JournalCodec.Header.Length;
        foreach (var (task, attempt) in _table.Forgotten)
            Copy(JournalCodec.Write(new JournalRecord(JournalRecordKind.Forgotten, task, attempt, _time.GetUtcNow().ToUnixTimeMilliseconds())));
        // In the order in which they came: so they run after a restart.
        foreach (var entry in _table.Entries.OrderBy(entry => entry.Records[0].At))
            places.Add((entry, [.. entry.Records.Select(record => Copy(ReadBytes(record)))]));
        return (at, places);

        JournalPlace Copy(byte[] bytes)
        {
            file.Write(bytes, at);
            at += bytes.Length;
            return new JournalPlace(at - bytes.Length, bytes.Length);
        }
    }

    private void Reopen()
    {
        if (_file is not null || _length == 0)
            return;
        try
        {
            _file = SegmentFile.Reopen(_path);
            CutOff();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.Warn($"The task journal can't be opened: {e.Message}");
        }
    }

    /// <summary>Where even that fails, the file is given up, and what is next begins a new one.</summary>
    private void CutOff()
    {
        try
        {
            _file?.Truncate(_length);
        }
        catch (IOException)
        {
            Close();
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _reader?.Dispose();
        (_file, _reader) = (null, null);
    }
}
