using Outrider.Storage.Metrics;

namespace Outrider.Storage.Shared;

/// <summary>Writes agents' batches: those of many agents that are waiting go into one transaction.</summary>
internal sealed class SharedBatchWriter : IAsyncDisposable
{
    /// <summary>
    /// Batches of one transaction. Their bytes, of which a driver may make two each, and a batch of 1 MiB stay below MySQL's smallest usual
    /// max_allowed_packet, 16 MB.
    /// </summary>
    private static readonly GroupLimits s_limits = new(Items: 256, Size: 2 << 20);

    private readonly SharedDatabase _database;
    private readonly GroupWriter<BatchAppend> _writer;

    public SharedBatchWriter(SharedDatabase database)
    {
        _database = database;
        _writer = new GroupWriter<BatchAppend>(
            database, s_limits, "metric store", group => database.TransactAsync(session => WriteAsync(session, group), CancellationToken.None));
    }

    public async Task<bool> WriteAsync(BatchWrite batch, CancellationToken cancellation)
    {
        var append = new BatchAppend(batch, _database.Time.GetTimestamp());
        await _writer.WriteAsync(append, cancellation).ConfigureAwait(false);
        return append.Written;
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    /// <summary>Leaves out those whose agents are at other versions; also, tried again, those that it had written already.</summary>
    private async Task<int> WriteAsync(SharedSession session, List<BatchAppend> group)
    {
        var versions = await MetricRows.LockAgentsAsync(session, group.Select(append => append.Batch.Agent.No)).ConfigureAwait(false);
        foreach (var append in group)
            append.Written = versions.TryGetValue(append.Batch.Agent.No, out var version) && version == append.Batch.Agent.Version - 1;
        var batches = group.Where(append => append.Written).Select(append => append.Batch).ToList();
        if (batches.Count == 0)
            return 0;
        var sql = new SqlText();
        foreach (var batch in batches)
            AddAgent(sql, batch);
        AddJournal(sql, batches.FindAll(batch => batch.Journal is not null));
        AddProcesses(sql, [.. batches.Select(batch => batch.Processes).OfType<ProcessesRow>()]);
        await sql.ExecuteAsync(session).ConfigureAwait(false);
        if (batches.Select(batch => batch.NewSeries).OfType<SeriesRow>().ToList() is { Count: > 0 } series)
        {
            // Last, as others wait for the change number until this is committed.
            var change = await MetricRows.NextChangeAsync(session).ConfigureAwait(false);
            var added = new SqlText().Add("INSERT INTO outrider_metric_series (agent, first, series, changed) VALUES ");
            await added.AddAll(series, row => $"({row.Agent}, {row.First}, {added.Value(row.Table)}, {change})").ExecuteAsync(session)
                .ConfigureAwait(false);
        }
        return batches.Count;
    }

    // From left to right, as MySQL does it: what is read was not set yet.
    private static void AddAgent(SqlText sql, BatchWrite batch)
    {
        sql.Add($"UPDATE outrider_metric_agent SET version = {batch.Agent.Version}, seen = {sql.Value(batch.Agent.Seen)}");
        if (batch.Journal is var (bytes, from, at))
        {
            sql.Add(
                $"""
                , waiting_since = CASE WHEN waiting = 0 THEN {at} ELSE waiting_since END, waiting_from = LEAST(waiting_from, {from}),
                waiting_bytes = waiting_bytes + {bytes.Length}, waiting = waiting + 1
                """);
        }
        sql.Add($" WHERE no = {batch.Agent.No}; ");
    }

    private static void AddJournal(SqlText sql, List<BatchWrite> batches)
    {
        if (batches.Count == 0)
            return;
        sql.Add("INSERT INTO outrider_metric_journal (agent, no, earliest, bytes) VALUES ");
        sql.AddAll(
            batches, batch => $"({batch.Agent.No}, {batch.Agent.Version}, {batch.Journal!.Value.From}, {sql.Value(batch.Journal.Value.Bytes)})");
        sql.Add("; ");
    }

    private void AddProcesses(SqlText sql, List<ProcessesRow> rows)
    {
        if (rows.Count == 0)
            return;
        sql.Add("INSERT INTO outrider_metric_processes (id, bytes) VALUES ");
        sql.AddAll(rows, row => $"({PackedKey.OfProcesses(row.Agent, row.Minute)}, {sql.Value(row.Bytes)})");
        sql.Add($" {_database.Dialect.UnlessThere("id")}; ");
    }
}
