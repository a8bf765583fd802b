using System.Buffers;
using System.Text;
using System.Text.Json;
using Outrider.Agent.Statements;
using Outrider.Protocol.Secrets;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Databases;

/// <summary>
/// Follows the statements of one task: a remark when each begins and ends, its rows to the output (JSON lines: an object with the columns,
/// then an array a row), and what the result says of it. Bounded, however many statements there are. Not thread-safe.
/// </summary>
internal sealed class StatementRecorder(ITaskOutput output, SqlDialect dialect, int total, int maxRows, TimeProvider time) : IRowSink
{
    /// <summary>Most bytes, about, of the result's entries; the rest of <see cref="TaskLimits.ResultBytes"/> is for what stands around them, and for escapes.</summary>
    private const int EntryBytes = TaskLimits.ResultBytes - 48 * 1024;

    private const int RowBytesInResult = 16 * 1024;
    private const int BlockBytes = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _rows = new(4096);
    private readonly List<StatementEntry> _entries = [];
    private readonly Dictionary<string, int> _counts = [];
    private StatementEntry? _current;
    private long _begun;
    private int _entryBytes;
    private long _affected;
    private int _batchBegins;
    private int _batchSucceeded;
    private long _batchAffected;

    /// <summary>Statements that ran to their end, failed or not.</summary>
    public int Ended { get; private set; }

    /// <summary>Begins a statement.</summary>
    public async ValueTask BeginAsync(SqlStatement statement, CancellationToken cancellation)
    {
        await output.NoteAsync($"statement {statement.Index} of {total} begins: {statement.Form}, {StatementEntry.Name(statement.Kind)}", cancellation);
        _current = new StatementEntry(statement, StatementText.Of(statement, dialect));
        _begun = time.GetTimestamp();
    }

    public async ValueTask BeginRowsAsync(IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        var entry = _current!;
        (entry.Columns, entry.RowCount) = (columns, 0);
        using (var json = new Utf8JsonWriter(_rows))
        {
            json.WriteStartObject();
            json.WriteNumber("statement", entry.Index);
            json.WriteStartArray("columns");
            foreach (var column in columns)
                json.WriteStringValue(column);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        await EndLineAsync(cancellation);
    }

    public async ValueTask<bool> AddRowAsync(IReadOnlyList<string?> cells, CancellationToken cancellation)
    {
        var entry = _current!;
        if (entry.RowCount >= maxRows)
        {
            entry.IsCut = true;
            return false;
        }
        var shown = cells.Select(Shown).ToArray();
        entry.RowCount++;
        var before = _rows.WrittenCount;
        using (var json = new Utf8JsonWriter(_rows))
        {
            json.WriteStartArray();
            foreach (var cell in shown)
                json.WriteStringValue(cell);
            json.WriteEndArray();
        }
        var bytes = _rows.WrittenCount - before;
        if (entry.Rows.Count == entry.RowCount - 1 && entry.RowBytes + bytes <= RowBytesInResult && _entryBytes + entry.Bytes + bytes <= EntryBytes)
        {
            entry.Rows.Add(shown);
            entry.RowBytes += bytes;
        }
        await EndLineAsync(cancellation);
        return true;
    }

    /// <summary>Ends the statement that was begun.</summary>
    public async ValueTask EndAsync(StatementOutcome outcome, CancellationToken cancellation)
    {
        var entry = _current!;
        entry.AffectedRows = outcome.AffectedRows;
        entry.Error = outcome.Problem is { } problem ? StatementText.Clip(problem.Message) : null;
        Ended++;
        if (outcome.Problem is null)
        {
            _batchSucceeded++;
            _batchAffected += outcome.AffectedRows ?? 0;
            _affected += outcome.AffectedRows ?? 0;
        }
        End(outcome.Problem is null ? StatementEntry.Success : outcome.IsLost ? StatementEntry.Unknown : StatementEntry.Failed);
        await FlushAsync(cancellation);
        var told = entry.AffectedRows is { } affected ? $", {affected} rows affected" : entry.RowCount is { } rows ? $", {rows} rows" : "";
        await output.NoteAsync($"statement {entry.Index} of {total}: {entry.Status}{told}, {entry.ElapsedMs:F1} ms", cancellation);
    }

    /// <summary>Ends the statement that was begun, if one was, because it was canceled or its time was up.</summary>
    public void Interrupt()
    {
        if (_current is not null)
            End(StatementEntry.Canceled);
    }

    /// <summary>Enters a statement that somebody else ran.</summary>
    public async ValueTask EnterAsync(StatementEntry entry)
    {
        if (entry.Status is StatementEntry.Success or StatementEntry.Failed)
            Ended++;
        if (entry.Status == StatementEntry.Success)
            _affected += entry.AffectedRows ?? 0;
        Keep(entry);
        await output.NoteAsync($"statement {entry.Index} of {total}: {entry.Status}", CancellationToken.None);
    }

    /// <summary>From here on statements belong to the next batch.</summary>
    public void BeginBatch() => (_batchBegins, _batchSucceeded, _batchAffected) = (_entries.Count, 0, 0);

    /// <summary>Says of the batch's statements that had succeeded what became of them when it ended badly.</summary>
    public void Revoke(string status)
    {
        foreach (var entry in _entries.Skip(_batchBegins).Where(entry => entry.Status == StatementEntry.Success))
            entry.Status = status;
        Count(StatementEntry.Success, -_batchSucceeded);
        Count(status, _batchSucceeded);
        _affected -= _batchAffected;
        BeginBatch();
    }

    /// <summary>The result, at most <see cref="TaskLimits.ResultBytes"/>.</summary>
    /// <param name="write">Writes what else there is to say, as members of the object.</param>
    public JsonElement Result(Action<Utf8JsonWriter> write)
    {
        var bytes = Compose(write, _entries.Count, withRows: true);
        if (bytes.WrittenCount > TaskLimits.ResultBytes)
            bytes = Compose(write, _entries.Count, withRows: false);
        for (var kept = _entries.Count / 2; bytes.WrittenCount > TaskLimits.ResultBytes; kept /= 2)
            bytes = Compose(write, kept, withRows: false);
        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }

    private ArrayBufferWriter<byte> Compose(Action<Utf8JsonWriter> write, int entries, bool withRows)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        write(json);
        json.WriteNumber("total", total);
        foreach (var (status, count) in _counts.Where(pair => pair.Value > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteNumber(status, count);
        if (total - _counts.Values.Sum() is > 0 and var rest)
            json.WriteNumber(StatementEntry.NotRun, rest);
        json.WriteNumber("affected_rows", _affected);
        json.WriteStartArray("statements");
        foreach (var entry in _entries.Take(entries))
            entry.Write(json, withRows);
        json.WriteEndArray();
        if (entries < _counts.Values.Sum() || !withRows)
            json.WriteBoolean("truncated", true);
        json.WriteEndObject();
        json.Flush();
        return bytes;
    }

    private void End(string status)
    {
        var entry = _current!;
        _current = null;
        entry.ElapsedMs = time.GetElapsedTime(_begun).TotalMilliseconds;
        entry.Status = status;
        Keep(entry);
    }

    /// <summary>What failed is kept whatever there is already: the statements before it are counted at least.</summary>
    private void Keep(StatementEntry entry)
    {
        Count(entry.Status, 1);
        if (_entryBytes + entry.Bytes > EntryBytes && entry.Status is StatementEntry.Success)
            return;
        _entries.Add(entry);
        _entryBytes += entry.Bytes;
    }

    private void Count(string status, int by) => _counts[status] = _counts.GetValueOrDefault(status) + by;

    private static string? Shown(string? cell) =>
        cell is not null && SecretRedactor.Redact(Encoding.UTF8.GetBytes(cell)) is { } redacted ? Encoding.UTF8.GetString(redacted) : cell;

    private async ValueTask EndLineAsync(CancellationToken cancellation)
    {
        _rows.Write("\n"u8);
        if (_rows.WrittenCount >= BlockBytes)
            await FlushAsync(cancellation);
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_rows.WrittenCount == 0)
            return;
        await output.WriteAsync(TaskStream.Stdout, _rows.WrittenMemory, cancellation);
        _rows.ResetWrittenCount();
    }
}
