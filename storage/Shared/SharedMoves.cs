using Outrider.Storage.Metrics;

namespace Outrider.Storage.Shared;

/// <summary>Carries out what the maintenance moves, in a transaction of the caller's.</summary>
internal sealed class SharedMoves(SqlDialect dialect)
{
    /// <summary>Rows or ranges of one statement,</summary>
    private const int Rows = 256;

    /// <summary>and bytes, of which a driver may make two each, below MySQL's smallest usual max_allowed_packet, 16 MB.</summary>
    private const int Bytes = 4 << 20;

    private static readonly string[] s_key = ["id"];
    private static readonly string[] s_bytes = ["bytes"];

    public async Task ApplyAsync(SharedSession session, MetricMove move)
    {
        if (move.Retained is var (tenant, rawFrom, minuteFrom))
            await RetainAsync(session, tenant, rawFrom, minuteFrom).ConfigureAwait(false);
        var there = await LockAsync(session, move).ConfigureAwait(false);
        foreach (var ranges in move.Remove.Chunk(Rows))
        {
            await RemoveAsync(session, "outrider_metric_chunk", ranges.Select(range => (PackedKey.First(range), PackedKey.Last(range))))
                .ConfigureAwait(false);
        }
        await PutAsync(session, move.Put.FindAll(chunk => there.ContainsKey(chunk.Key.Agent))).ConfigureAwait(false);
        await AddDaysAsync(session, move.AddDays.FindAll(day => there.ContainsKey(day.Agent))).ConfigureAwait(false);
        foreach (var (day, agent) in move.RemoveDays)
            await session.ExecuteAsync($"DELETE FROM outrider_metric_day WHERE agent = {agent} AND day = {day}").ConfigureAwait(false);
        if (move.RemoveJournal is var (folded, through, at))
            await RemoveJournalAsync(session, folded, through, at).ConfigureAwait(false);
        foreach (var snapshots in move.RemoveProcesses.Chunk(Rows))
        {
            await RemoveAsync(session, "outrider_metric_processes", snapshots.Select(
                old => (PackedKey.OfProcesses(old.Agent, 0), PackedKey.OfProcesses(old.Agent, old.BeforeMinute) - 1))).ConfigureAwait(false);
        }
    }

    public static async Task RemoveAsync(SharedSession session, string table, IEnumerable<(long First, long Last)> ranges) =>
        await session.ExecuteAsync(
            $"DELETE FROM {table} WHERE {string.Join(" OR ", ranges.Select(range => $"id BETWEEN {range.First} AND {range.Last}"))}")
            .ConfigureAwait(false);

    private static async Task RetainAsync(SharedSession session, int tenant, int rawFrom, int minuteFrom)
    {
        await session.ExecuteAsync(
            $"""
            UPDATE outrider_metric_tenant SET raw_from = GREATEST(raw_from, {rawFrom}), minute_from = GREATEST(minute_from, {minuteFrom})
            WHERE no = {tenant}
            """).ConfigureAwait(false);
        var change = await MetricRows.NextChangeAsync(session).ConfigureAwait(false);
        await session.ExecuteAsync($"UPDATE outrider_metric_tenant SET changed = {change} WHERE no = {tenant}").ConfigureAwait(false);
    }

    /// <summary>Keeps the agents that get something from being removed meanwhile; those that are there.</summary>
    private static async Task<Dictionary<int, long>> LockAsync(SharedSession session, MetricMove move)
    {
        var agents = move.Put.Select(chunk => chunk.Key.Agent).Concat(move.AddDays.Select(day => day.Agent)).ToHashSet();
        if (move.RemoveJournal is { Agent: var folded })
            agents.Add(folded);
        return agents.Count == 0 ? [] : await MetricRows.LockAgentsAsync(session, agents).ConfigureAwait(false);
    }

    private async Task PutAsync(SharedSession session, List<StoredChunk> chunks)
    {
        for (var start = 0; start < chunks.Count;)
        {
            var (end, size) = (start, 0);
            while (end < chunks.Count && end - start < Rows && (end == start || size + chunks[end].Bytes.Length <= Bytes))
                size += chunks[end++].Bytes.Length;
            await session.ExecuteAsync(
                dialect.Upsert("outrider_metric_chunk", s_key, s_bytes, end - start),
                [.. chunks[start..end].SelectMany(chunk => new object?[] { PackedKey.Of(chunk.Key), chunk.Bytes })]).ConfigureAwait(false);
            start = end;
        }
    }

    private async Task AddDaysAsync(SharedSession session, List<DayOfAgent> days)
    {
        if (days.Count == 0)
            return;
        await new SqlText().Add("INSERT INTO outrider_metric_day (agent, day) VALUES ")
            .AddAll(days.Distinct(), day => $"({day.Agent}, {day.Day})").Add($" {dialect.UnlessThere("day")}")
            .ExecuteAsync(session).ConfigureAwait(false);
    }

    /// <summary>The agent's row says how much is left, and how far the journal has gone.</summary>
    private static async Task RemoveJournalAsync(SharedSession session, int agent, long through, long at)
    {
        await session.ExecuteAsync($"DELETE FROM outrider_metric_journal WHERE agent = {agent} AND no <= {through}").ConfigureAwait(false);
        var (count, bytes, from) = await session.QueryFirstAsync(
            $"""
            SELECT COUNT(*), COALESCE(SUM(LENGTH(bytes)), 0), COALESCE(MIN(earliest), {long.MaxValue})
            FROM outrider_metric_journal WHERE agent = {agent}
            """,
            row => (row.GetInt64(0), Convert.ToInt64(row.GetValue(1), null), row.GetInt64(2))).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"""
            UPDATE outrider_metric_agent SET folded = GREATEST(folded, {through}), waiting = {count}, waiting_bytes = {bytes},
            waiting_from = {from}, waiting_since = {at} WHERE no = {agent}
            """).ConfigureAwait(false);
    }
}
