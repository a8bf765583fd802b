using System.Data.Common;
using System.Globalization;
using System.Text;
using Outrider.Grains.Audit;

namespace Outrider.Storage.Shared;

/// <summary>This node's only writer of audit entries: those that are waiting go into one INSERT and share its commit.</summary>
internal sealed class AuditWriter : IAsyncDisposable
{
    /// <summary>Times that are tried until one is free. Each hop is up to twice as far as the one before: 1 ms at first, then seconds.</summary>
    private const int MaxHops = 12;
    private const int FirstHop = 10_000;

    private const string Columns = "tenant, at, id, actor, action, target, outcome, detail, task, ip, ms";
    private const int ColumnCount = 11;

    /// <summary>
    /// Rows of one INSERT, far below PostgreSQL's 65 535 parameters; its characters, which with 4 bytes for each stay below MySQL's smallest
    /// usual max_allowed_packet, 16 MB.
    /// </summary>
    private static readonly GroupLimits s_limits = new(Items: 256, Size: 2 << 20);

    private readonly SharedDatabase _database;
    private readonly GroupWriter<AuditAppend> _writer;
    private long _last;

    public AuditWriter(SharedDatabase database)
    {
        _database = database;
        _writer = new GroupWriter<AuditAppend>(database, s_limits, "audit store", WriteAsync);
    }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellation) =>
        _writer.WriteAsync(new AuditAppend(entry, _database.Time.GetTimestamp()), cancellation);

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteAsync(List<AuditAppend> batch)
    {
        // A part of a batch that was refused comes again, and keeps its times.
        foreach (var append in batch.Where(append => append.At == 0))
            append.At = _last = Math.Max(append.Entry.At.UtcTicks, _last + 1);
        await _database.RunAsync(session => InsertAsync(session, batch), CancellationToken.None).ConfigureAwait(false);
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
            [
                entry.Tenant, append.At, append.Id, entry.Actor, entry.Action, entry.Target, entry.Outcome, entry.Detail,
                entry.Task, entry.Ip, entry.Ms,
            ]);
        }
        return values;
    }
}
