using Outrider.Storage.Alerts;

namespace Outrider.Storage.Shared;

/// <summary>This node's only writer of alerts and notifications: what is waiting goes into one transaction and shares its commit.</summary>
internal sealed class AlertWriter : IAsyncDisposable
{
    /// <summary>Rows of one statement: far below PostgreSQL's 65 535 parameters and, with their bodies, MySQL's max_allowed_packet.</summary>
    private const int Rows = 250;

    private static readonly GroupLimits s_limits = new(Items: 256, Size: 2 << 20);

    private readonly SharedDatabase _database;
    private readonly AlertSql _sql;
    private readonly GroupWriter<AlertWrite> _writer;

    public AlertWriter(SharedDatabase database, AlertSql sql)
    {
        (_database, _sql) = (database, sql);
        _writer = new GroupWriter<AlertWrite>(
            database, s_limits, "alert store", group => database.TransactAsync(session => WriteAsync(session, group), CancellationToken.None));
    }

    public async Task WriteAsync(
        IReadOnlyList<AlertRow> alerts, IReadOnlyList<NotificationRow> outbox, IReadOnlyList<NotificationOutcome> outcomes,
        CancellationToken cancellation)
    {
        if (alerts.Count + outbox.Count + outcomes.Count > 0)
        {
            var write = new AlertWrite(alerts, outbox, outcomes, _database.Time.GetTimestamp());
            await _writer.WriteAsync(write, cancellation).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    /// <summary>Rows in the order of their keys, so that nodes that write the same ones don't wait for each other in a circle.</summary>
    private async Task<int> WriteAsync(SharedSession session, List<AlertWrite> group)
    {
        // Of several of one key the last, as a statement may touch a row once.
        var alerts = group.SelectMany(write => write.Alerts).GroupBy(row => (row.Tenant, row.Id)).Select(rows => rows.Last())
            .OrderBy(row => row.Tenant, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal);
        foreach (var rows in alerts.Chunk(Rows))
        {
            await session.ExecuteAsync(
                _database.Dialect.Upsert(_sql.Alert, AlertRow.Keys, AlertRow.Columns, rows.Length),
                [.. rows.SelectMany(row => row.Values)]).ConfigureAwait(false);
        }
        var outbox = group.SelectMany(write => write.Outbox).OrderBy(row => row.Tenant, StringComparer.Ordinal)
            .ThenBy(row => row.Channel, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal);
        foreach (var rows in outbox.Chunk(Rows))
        {
            await session.ExecuteAsync(
                _database.Dialect.Add(_sql.Notification, NotificationRow.Keys, NotificationRow.Columns, rows.Length),
                [.. rows.SelectMany(row => row.Values)]).ConfigureAwait(false);
        }
        var outcomes = group.SelectMany(write => write.Outcomes).OrderBy(outcome => outcome.Tenant, StringComparer.Ordinal)
            .ThenBy(outcome => outcome.Channel, StringComparer.Ordinal).ThenBy(outcome => outcome.Id, StringComparer.Ordinal);
        foreach (var some in outcomes.Chunk(Rows))
            await UpdateAsync(session, some).ConfigureAwait(false);
        return group.Count;
    }

    private Task<int> UpdateAsync(SharedSession session, NotificationOutcome[] outcomes)
    {
        var sql = new SqlText();
        foreach (var outcome in outcomes)
        {
            sql.Add($"UPDATE {_sql.Notification} SET ")
                .AddAll(NotificationOutcome.Columns.Zip(outcome.Values), set => $"{set.First} = {sql.Value(set.Second)}")
                .Add(" WHERE ")
                .Add(string.Join(" AND ", NotificationRow.Keys.Zip(outcome.Keys, (key, value) => $"{key} = {sql.Value(value)}")))
                .Add("; ");
        }
        return sql.ExecuteAsync(session);
    }
}
