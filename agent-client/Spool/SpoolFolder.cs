using System.Globalization;
using Outrider.Agent.Logging;

namespace Outrider.Agent.Spool;

/// <summary>The files of a spool, and how they are found again after a restart.</summary>
internal sealed class SpoolFolder(string folder, AgentLog log)
{
    private const string Ending = ".seg";

    private long _next = 1;

    /// <summary>The path of the next segment to begin.</summary>
    public string NextPath() => Path.Combine(folder, (_next++).ToString("D16", CultureInfo.InvariantCulture) + Ending);

    /// <summary>
    /// Reads what an earlier process left, in the order it was written. What it had been told the centre has is done; segments of which
    /// everything is done are deleted. A record that was torn ends its segment.
    /// </summary>
    public List<SpoolSegment> Recover()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var segments = new List<SpoolSegment>();
        var waiting = new Dictionary<(string, ulong), SpoolEntry>();
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal))
        {
            if (!long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                continue;
            _next = Math.Max(_next, number + 1);
            segments.Add(Read(path, waiting));
        }
        foreach (var done in segments.Where(segment => segment.Waiting == 0))
            Delete(done);
        segments.RemoveAll(segment => segment.Waiting == 0);
        return segments;
    }

    /// <summary>Reads the batch of an entry. Null: it is lost.</summary>
    public ReadOnlyMemory<byte>? Read(SpoolEntry entry)
    {
        try
        {
            using var file = File.OpenHandle(entry.Segment!.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var record = new byte[entry.Length];
            var at = 0;
            if (RandomAccess.Read(file, record, entry.Offset) == record.Length && SegmentCodec.TryRead(record, ref at, out var read))
                return record.AsMemory(read.Content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn($"A spooled batch can't be read: {e.Message}");
            return null;
        }
        log.Warn($"A spooled batch in {entry.Segment!.Path} is damaged and was given up.");
        return null;
    }

    public void Delete(SpoolSegment segment)
    {
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn($"{segment.Path} can't be deleted: {e.Message}");
        }
    }

    private SpoolSegment Read(string path, Dictionary<(string, ulong), SpoolEntry> waiting)
    {
        byte[] bytes = [];
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn($"{path} can't be read: {e.Message}");
        }
        var segment = new SpoolSegment(path, createdAt: 0) { Bytes = bytes.Length };
        var at = bytes.AsSpan().StartsWith(SegmentCodec.Header) ? SegmentCodec.Header.Length : bytes.Length;
        for (var start = at; SegmentCodec.TryRead(bytes, ref at, out var record); start = at)
        {
            var key = (record.Boot, record.Seq);
            if (record.Kind == SegmentRecordKind.Ack)
            {
                if (waiting.Remove(key, out var done))
                    (done.Done, done.Segment!.Waiting) = (true, done.Segment.Waiting - 1);
                continue;
            }
            var entry = new SpoolEntry(record.Boot, record.Seq, record.Time, segment, start, at - start);
            if (!waiting.TryAdd(key, entry))
                continue;
            segment.Entries.Add(entry);
            segment.Waiting++;
        }
        if (at < bytes.Length)
            log.Info($"{path} ends in {bytes.Length - at} bytes that a crash left unfinished; they were left out.");
        return segment;
    }
}
