using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Audit;

/// <summary>
/// The agent's append-only audit file. A line is with the operating system when <see cref="Append"/> returns, so it survives
/// <c>kill -9</c>; a machine that loses power may lose the last second. At 64 MiB the file is set aside and the chain goes on in a new
/// one; the newest 16 are kept.
/// </summary>
public sealed class AuditFile : IDisposable
{
    private const string Name = "audit.jsonl";
    private const long MaxBytes = 64 * 1024 * 1024;
    private const int KeptFiles = 16;
    private const int MaxLine = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ITimer _flusher;
    private FileStream _file;
    private string _prev = AuditChain.Genesis;
    private long _seq;
    private bool _dirty;

    private AuditFile(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        _file = Open(path);
        Resume();
        _flusher = time.CreateTimer(_ => Flush(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Opens or begins the file in a folder. Throws <see cref="IOException"/> when it can't.</summary>
    public static AuditFile OpenIn(string folder, TimeProvider time) => new(Path.Combine(folder, Name), time);

    /// <summary>The folder's audit files that there are, oldest first.</summary>
    public static IReadOnlyList<string> FilesIn(string folder)
    {
        var current = Path.Combine(folder, Name);
        return [.. SetAside(current), .. File.Exists(current) ? [current] : Array.Empty<string>()];
    }

    /// <summary>Appends a line; <c>unavailable</c> when it can't be written, and then what it tells of must not be done.</summary>
    public Outcome<Done> Append(AuditLine line)
    {
        lock (_lock)
        {
            var length = _file.Position;
            try
            {
                var (bytes, hash) = AuditChain.Seal(line with { Seq = _seq + 1, At = _time.GetUtcNow(), Prev = _prev });
                _file.Write([.. bytes, (byte)'\n']);
                (_prev, _seq, _dirty) = (hash, _seq + 1, true);
            }
            catch (IOException e)
            {
                TruncateTo(length);
                return new Problem(ProblemCodes.Unavailable, $"The agent can't write its audit file, so it runs nothing: {e.Message}");
            }
            if (_file.Position > MaxBytes)
                SetAside();
            return Done.Value;
        }
    }

    public void Dispose()
    {
        _flusher.Dispose();
        Flush();
        _file.Dispose();
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>Finds the chain's end: the last whole line. A torn line after it, left by a crash in mid-write, is cut off.</summary>
    private void Resume()
    {
        var tail = new byte[Math.Min(_file.Length, 2 * MaxLine)];
        var start = _file.Length - tail.Length;
        _file.Position = start;
        _file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
        TruncateTo(start + end);
        if (end == 0)
        {
            ResumeFromSetAside();
            return;
        }
        var lines = tail.AsSpan(0, end - 1);
        var last = lines[(lines.LastIndexOf((byte)'\n') + 1)..];
        if (AuditChain.Open(last) is not { } opened)
            throw new IOException($"The last line of {_path} was changed: its hash doesn't match. Move the file away to begin a new one.");
        (_prev, _seq) = (opened.Hash, opened.Line.Seq);
    }

    private void ResumeFromSetAside()
    {
        var newest = SetAside(_path).LastOrDefault();
        if (newest is null)
            return;
        var last = File.ReadLines(newest).LastOrDefault() ?? "";
        if (AuditChain.Open(System.Text.Encoding.UTF8.GetBytes(last)) is { } opened)
            (_prev, _seq) = (opened.Hash, opened.Line.Seq);
    }

    private void SetAside()
    {
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        try
        {
            File.Move(_path, $"{_path}.{_seq:D19}");
            foreach (var old in SetAside(_path).SkipLast(KeptFiles))
                File.Delete(old);
        }
        catch (IOException)
        {
            // The line is written; the next one tries to set the file aside again.
        }
        _file = Open(_path);
        _file.Position = _file.Length;
    }

    private static IEnumerable<string> SetAside(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path) + ".*")
            // Such a pattern finds the file without an ending too.
            .Where(file => Path.GetFileName(file).Length > Path.GetFileName(path).Length).Order(StringComparer.Ordinal);

    private void TruncateTo(long length)
    {
        if (_file.Length > length)
            _file.SetLength(length);
        _file.Position = length;
    }

    private void Flush()
    {
        lock (_lock)
        {
            if (!_dirty)
                return;
            _dirty = false;
            try
            {
                _file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                _dirty = true; // The next second tries again; a disk that is full also fails Append, which says so.
            }
        }
    }
}
