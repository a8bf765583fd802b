using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.MySql.Server;

/// <summary>Turns replies into packets, as the client's capabilities want them.</summary>
/// <param name="connection">Where to.</param>
/// <param name="capabilities">What the client takes.</param>
/// <param name="closing">The session ends: even a packet may stay unfinished.</param>
internal sealed class ServerReplyWriter(ServerConnection connection, Capabilities capabilities, CancellationToken closing)
{
    private bool DeprecatesEof => capabilities.HasFlag(Capabilities.DeprecateEof);

    /// <summary>Sends a reply. Cancellation takes effect between rows only, so that the client can still be told.</summary>
    public async Task WriteAsync(QueryReply reply, CancellationToken cancellationToken)
    {
        switch (reply)
        {
            case QueryReply.ResultSet result:
                await WriteAsync(result, cancellationToken);
                break;
            case QueryReply.Ok ok:
                await connection.WriteAsync(writer => ok.Payload.Write(writer), closing);
                break;
            case QueryReply.Error error:
                await connection.WriteAsync(error.Payload.Write, closing);
                break;
        }
        await connection.FlushAsync(closing);
    }

    private async Task WriteAsync(QueryReply.ResultSet result, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(new ResultHeaderPayload(result.Columns.Count).Write, closing);
        foreach (var column in result.Columns)
            await connection.WriteAsync(column.Write, closing);
        if (!DeprecatesEof)
            await WriteEofAsync();
        await WriteRowsAsync(result, cancellationToken);
        if (DeprecatesEof)
            await connection.WriteAsync(writer => new OkPayload().Write(writer, isResultEnd: true), closing);
        else
            await WriteEofAsync();
    }

    private async Task WriteRowsAsync(QueryReply.ResultSet result, CancellationToken cancellationToken)
    {
        IReadOnlyList<string?> row = [];
        Action<PayloadWriter> write = writer => TextRowPayload.Write(writer, row);
        await using var rows = result.Rows.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            // Rows that must be waited for don't hold back those that are there.
            var next = rows.MoveNextAsync();
            if (!next.IsCompleted)
                await connection.FlushAsync(closing);
            if (!await next)
                return;
            cancellationToken.ThrowIfCancellationRequested();
            row = rows.Current;
            if (row.Count != result.Columns.Count)
                throw new InvalidOperationException($"A row of {row.Count} cells under {result.Columns.Count} columns.");
            await connection.WriteAsync(write, closing);
        }
    }

    private ValueTask WriteEofAsync() => connection.WriteAsync(new EofPayload(0, ServerStatus.AutoCommit).Write, closing);
}
