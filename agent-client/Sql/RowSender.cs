using System.Buffers;
using Outrider.Agent.Executors;
using Outrider.MySql.Client;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Secrets;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Sql;

/// <summary>Encodes rows and sends them in blocks. Holds one block, or one row where that is larger.</summary>
internal sealed class RowSender(ITaskOutput sink, SqlLimits limits)
{
    private const int BlockBytes = 32 * 1024;
    private const int KeptBytes = 128 * 1024;

    private ArrayBufferWriter<byte> _block = new(4096);
    private bool[] _isText = [];
    private int _name = -1;
    private int _value = -1;
    private long _sent;

    /// <summary>Rows taken.</summary>
    public int Count { get; private set; }

    /// <summary>The limit that was met; null if none was.</summary>
    public string? Truncated { get; private set; }

    public void Begin(QueryResult result)
    {
        RowSetColumn[] columns = [.. result.Columns.Select(ColumnKinds.Of)];
        _isText = [.. columns.Select(column => column.Kind is ColumnKind.Text or ColumnKind.Json)];
        _name = Array.FindIndex(columns, column => column.Name.ToUpperInvariant() is "NAME" or "KEY" or "VARIABLE_NAME");
        _value = Array.FindIndex(columns, column => column.Name.Equals("VALUE", StringComparison.OrdinalIgnoreCase));
        RowSetWriter.WriteHeader(_block, columns);
    }

    /// <summary>Takes the current row. False: a limit is met, and it was not taken.</summary>
    public bool TryAdd(QueryResult result)
    {
        if (Count == limits.MaxRows)
            Truncated = "rows";
        else if (_sent + _block.WrittenCount + EncodedBytes(result) > limits.MaxBytes)
            Truncated = "bytes";
        if (Truncated is not null)
            return false;
        for (var i = 0; i < result.Columns.Count; i++)
        {
            if (result.IsNull(i))
                RowSetWriter.WriteNull(_block);
            else
                RowSetWriter.WriteCell(_block, Shown(result, i));
        }
        Count++;
        return true;
    }

    /// <summary>The cell without secrets.</summary>
    private ReadOnlySpan<byte> Shown(QueryResult result, int column)
    {
        var cell = result.GetBytes(column);
        if (!_isText[column])
            return cell;
        if (column == _value && _name >= 0 && !cell.IsEmpty && SecretRedactor.IsSecretName(result.GetBytes(_name)))
            return "***"u8;
        return SecretRedactor.Redact(cell) ?? cell;
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellation) =>
        _block.WrittenCount < BlockBytes ? ValueTask.CompletedTask : FlushAsync(cancellation);

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_block.WrittenCount == 0)
            return;
        await sink.WriteAsync(TaskStream.Payload, _block.WrittenMemory, cancellation);
        _sent += _block.WrittenCount;
        if (_block.Capacity > KeptBytes)
            _block = new(BlockBytes);
        else
            _block.ResetWrittenCount();
    }

    private static long EncodedBytes(QueryResult result)
    {
        long bytes = 0;
        for (var i = 0; i < result.Columns.Count; i++)
            bytes += RowSetWriter.CellBytes(result.GetBytes(i).Length);
        return bytes;
    }
}
