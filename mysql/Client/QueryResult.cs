using System.Text;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Client;

/// <summary>
/// The result of a statement, read row by row; one row is in memory at a time. Disposal before the end breaks the session, because the
/// rest of the rows is still under way.
/// </summary>
public sealed class QueryResult : IAsyncDisposable
{
    /// <summary>Cap on all column definitions of a result together, in bytes.</summary>
    public const int MaxColumnBytes = 4 << 20;

    private readonly ClientSession _session;
    private readonly CellRange[] _cells;
    private ReadOnlyMemory<byte> _row;
    private bool _isOver;

    private QueryResult(ClientSession session, ColumnDefinitionPayload[] columns)
    {
        _session = session;
        _cells = new CellRange[columns.Length];
        Columns = columns;
    }

    /// <summary>The columns; none when the statement has no result set.</summary>
    public IReadOnlyList<ColumnDefinitionPayload> Columns { get; }

    /// <summary>Affected rows, last insert id and warnings: after the last row, or at once when there are no columns.</summary>
    public OkPayload? Completion { get; private set; }

    /// <summary>Size of the current row on the wire, in bytes.</summary>
    public int RowBytes => _row.Length;

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="MySqlServerException">The server gave up in the middle of the result; the session stays ready.</exception>
    /// <exception cref="MySqlPacketTooLargeException">The row is beyond the cap.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _row = default;
        if (_isOver)
            return false;
        try
        {
            return TakeRow(await _session.Connection.ReadAsync(cancellationToken));
        }
        catch (Exception e)
        {
            _isOver = true;
            var failure = _session.Break(e);
            if (ReferenceEquals(failure, e))
                throw;
            throw failure;
        }
    }

    /// <summary>Whether a cell of the current row is NULL.</summary>
    public bool IsNull(int column) => _cells[column].IsNull;

    /// <summary>A cell of the current row as the server sent it; empty for NULL. Valid until the next read.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) =>
        _cells[column] is { IsNull: false } cell ? _row.Span.Slice(cell.Start, cell.Length) : default;

    /// <summary>A cell of the current row as text; null for NULL.</summary>
    public string? GetText(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(GetBytes(column));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _row = default;
        if (!_isOver && _session.State == ClientSessionState.Reading)
            _session.State = ClientSessionState.Broken;
        _isOver = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads the head of the answer to a statement.</summary>
    internal static async Task<QueryResult> StartAsync(ClientSession session, CancellationToken cancellationToken)
    {
        var payload = await session.Connection.ReadAsync(cancellationToken);
        if (payload.Span is [PacketHeaders.Ok, ..])
        {
            var result = new QueryResult(session, []);
            result.Complete(ReadOk(payload.Span));
            return result;
        }
        if (payload.Span is [PacketHeaders.NullOrLocalInfile, ..])
            await RefuseFileAsync(session, cancellationToken);
        return new(session, await ReadColumnsAsync(session, ReadHeader(payload.Span), cancellationToken));
    }

    private static int ReadHeader(ReadOnlySpan<byte> payload)
    {
        if (ErrPayload.TryRead(payload, out var error))
            throw error.ToException();
        if (!ResultHeaderPayload.TryRead(payload, out var header))
            throw new MySqlProtocolException(
                $"The head of the result is malformed or announces other than 1 to {ResultHeaderPayload.MaxColumns} columns.");
        return header.ColumnCount;
    }

    private static async Task<ColumnDefinitionPayload[]> ReadColumnsAsync(ClientSession session, int count, CancellationToken cancellationToken)
    {
        // Grows with what arrives: a count alone allocates nothing.
        var columns = new List<ColumnDefinitionPayload>();
        var bytes = 0;
        while (columns.Count < count)
        {
            var payload = await session.Connection.ReadAsync(cancellationToken);
            bytes += payload.Length;
            if (bytes > MaxColumnBytes)
                throw new MySqlProtocolException($"The column definitions of a result are beyond {MaxColumnBytes} bytes.");
            if (ErrPayload.TryRead(payload.Span, out var error))
                throw error.ToException();
            if (!ColumnDefinitionPayload.TryRead(payload.Span, out var column))
                throw new MySqlProtocolException("A column definition is malformed.");
            columns.Add(column);
        }
        if (!session.Capabilities.HasFlag(Capabilities.DeprecateEof)
            && !EofPayload.TryRead((await session.Connection.ReadAsync(cancellationToken)).Span, out _))
            throw new MySqlProtocolException("The column definitions don't end where they should.");
        return [.. columns];
    }

    /// <summary>LOAD DATA LOCAL was not offered. An empty packet says "no content", and the server ends the statement by itself.</summary>
    private static async Task RefuseFileAsync(ClientSession session, CancellationToken cancellationToken)
    {
        await session.Connection.SendAsync(static _ => { }, cancellationToken);
        if (ErrPayload.TryRead((await session.Connection.ReadAsync(cancellationToken)).Span, out var error))
            throw error.ToException();
        throw new MySqlProtocolException("The server asked for a file of this machine. No file is ever sent.");
    }

    private static OkPayload ReadOk(ReadOnlySpan<byte> payload)
    {
        if (!OkPayload.TryRead(payload, out var ok))
            throw new MySqlProtocolException("The OK packet is malformed.");
        return ok;
    }

    private bool TakeRow(ReadOnlyMemory<byte> payload)
    {
        var span = payload.Span;
        if (IsEnd(span, out var end))
        {
            Complete(end);
            return false;
        }
        if (ErrPayload.TryRead(span, out var error))
            throw error.ToException();
        if (!TextRowPayload.TryRead(span, _cells))
            throw new MySqlProtocolException($"A row hasn't the {_cells.Length} cells that were announced.");
        _row = payload;
        return true;
    }

    /// <summary>A row, too, may start with 0xfe: then its first cell, and so the payload, is 16 MB or longer.</summary>
    private bool IsEnd(ReadOnlySpan<byte> payload, out OkPayload end)
    {
        end = null!;
        if (payload is not [PacketHeaders.EofOrSwitch, ..])
            return false;
        if (_session.Capabilities.HasFlag(Capabilities.DeprecateEof))
            return payload.Length < Framing.PacketFrame.MaxPayloadBytes && OkPayload.TryRead(payload, out end);
        if (!EofPayload.TryRead(payload, out var eof))
            return false;
        end = new() { Warnings = eof.Warnings, Status = eof.Status };
        return true;
    }

    private void Complete(OkPayload ok)
    {
        if (ok.Status.HasFlag(ServerStatus.MoreResultsExist))
            throw new MySqlProtocolException("The server announces several results for one statement.");
        Completion = ok;
        _isOver = true;
        _session.State = ClientSessionState.Ready;
    }
}
