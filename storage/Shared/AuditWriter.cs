using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Outrider.Grains.Audit;

namespace Outrider.Storage.Shared;

/// <summary>
/// This node's only writer of audit entries. Those that are waiting go into one INSERT and share its commit (group commit). An entry that
/// the database refuses fails alone; when the database is away, all who wait are told.
/// </summary>
internal sealed class AuditWriter : IAsyncDisposable
{
    private const int QueueLength = 16_384;

    /// <summary>Rows of one INSERT; far below PostgreSQL's 65 535 parameters.</summary>
    private const int BatchLength = 256;

    /// <summary>Characters of one INSERT: with 4 bytes for each still below MySQL's smallest usual max_allowed_packet, 16 MB.</summary>
    private const int BatchSize = 2 << 20;

    /// <summary>Times that are tried until one is free. Each hop is up to twice as far as the one before: 1 ms at first, then seconds.</summary>
    private const int MaxHops = 12;
    private const int FirstHop = 10_000;

    private const string Columns = "tenant, at, id, actor, action, target, outcome, detail";
    private const int ColumnCount = 8;

    private readonly SharedDatabase _database;
    private readonly Channel<AuditAppend> _queue = Channel.CreateBounded<AuditAppend>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Task _loop;
    private long _last;

    public AuditWriter(SharedDatabase database)
    {
        _database = database;
        _loop = Task.Run(RunAsync);
    }

    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        var append = new AuditAppend(entry, _database.Time.GetTimestamp());
        if (!_queue.Writer.TryWrite(append))
            await WaitForPlaceAsync(append, cancellation).ConfigureAwait(false);
        // Once queued it will be written: a caller that stopped waiting couldn't know whether it was.
        await append.Done.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task WaitForPlaceAsync(AuditAppend append, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(SharedDatabase.Limit, _database.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _queue.Writer.WriteAsync(append, both.Token).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SharedAuditLog), "The audit store is closed.");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw SharedErrors.TooSlow(SharedDatabase.Limit, e);
        }
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batch = Take();
            if (batch.Count > 0)
                await WriteAsync(batch).ConfigureAwait(false);
        }
    }

    private List<AuditAppend> Take()
    {
        var (batch, size) = (new List<AuditAppend>(), 0);
        while (batch.Count < BatchLength && _queue.Reader.TryPeek(out var next) && (batch.Count == 0 || size + next.Size <= BatchSize))
        {
            _queue.Reader.TryRead(out _);
            if (_database.Time.GetElapsedTime(next.Started) > SharedDatabase.Limit)
            {
                next.Fail(SharedErrors.TooSlow(SharedDatabase.Limit, null));
                continue;
            }
            next.At = _last = Math.Max(next.Entry.At.UtcTicks, _last + 1);
            size += next.Size;
            batch.Add(next);
        }
        return batch;
    }

    private async Task WriteAsync(List<AuditAppend> batch)
    {
        try
        {
            await _database.RunAsync(session => InsertAsync(session, batch), CancellationToken.None).ConfigureAwait(false);
            batch.ForEach(append => append.Commit());
        }
        catch (StorageException e) when (SharedErrors.IsValueFault(e.InnerException) && batch.Count > 1)
        {
            await WriteAsync(batch[..(batch.Count / 2)]).ConfigureAwait(false);
            await WriteAsync(batch[(batch.Count / 2)..]).ConfigureAwait(false);
        }
        catch (StorageException e) when (SharedErrors.IsValueFault(e.InnerException))
        {
            batch[0].Fail(e);
        }
        catch (Exception e)
        {
            batch.ForEach(append => append.Fail(e));
            // Who queued meanwhile has waited too, and would wait as long again.
            for (var left = _queue.Reader.Count; left > 0 && _queue.Reader.TryRead(out var next); left--)
                next.Fail(e);
        }
    }

    /// <summary>One INSERT is all or nothing, so that its first row tells of all of them.</summary>
    private async Task<int> InsertAsync(SharedSession session, List<AuditAppend> batch)
    {
        for (var hop = 0; ; hop++)
        {
            try
            {
                return await session.ExecuteAsync(Insert(batch.Count), Values(batch)).ConfigureAwait(false);
            }
            catch (DbException e) when (SharedErrors.IsDuplicate(e) && hop < MaxHops)
            {
                if (await IsThereAsync(session, batch[0]).ConfigureAwait(false))
                    return batch.Count;
                Hop(batch, FirstHop << hop);
            }
        }
    }

    /// <summary>Whether it was an earlier try that wrote the row, whose answer was lost with its connection.</summary>
    private static async Task<bool> IsThereAsync(SharedSession session, AuditAppend append) =>
        await session.QueryFirstAsync(
            "SELECT id FROM outrider_audit WHERE tenant = @p1 AND at = @p2", row => (long?)row.GetInt64(0), append.Entry.Tenant, append.At)
            .ConfigureAwait(false) == append.Id;

    /// <summary>Another node has an entry at one of these times. A random way on, as two that hop alike would meet again.</summary>
    private void Hop(List<AuditAppend> batch, int furthest)
    {
        _last += Random.Shared.Next(furthest);
        foreach (var append in batch)
            append.At = ++_last;
    }

    private static string Insert(int rows)
    {
        var sql = new StringBuilder("INSERT INTO outrider_audit (" + Columns + ") VALUES ");
        for (var i = 0; i < rows * ColumnCount; i++)
        {
            sql.Append(i % ColumnCount > 0 ? ", " : i > 0 ? "), (" : "(");
            sql.Append(CultureInfo.InvariantCulture, $"@p{i + 1}");
        }
        return sql.Append(')').ToString();
    }

    private static List<object?> Values(List<AuditAppend> batch)
    {
        var values = new List<object?>(batch.Count * ColumnCount);
        foreach (var append in batch)
        {
            var entry = append.Entry;
            values.AddRange(
                [entry.Tenant, append.At, append.Id, entry.Actor, entry.Action, entry.Target, entry.Outcome, entry.Detail]);
        }
        return values;
    }
}
