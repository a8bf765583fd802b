using Outrider.Grains.Diagnosis;
using Outrider.Storage.State;

namespace Outrider.Storage.Shared;

/// <summary>Reports and their evidence bundles, for all nodes of a cluster. Times are in ticks (100 ns) since year 1, UTC.</summary>
public sealed class SharedReportStore(SharedDatabase database) : IReportStore
{
    private static readonly string[] s_keys = ["tenant", "agent", "id"];
    private static readonly string[] s_columns = ["expert", "at", "score", "level", "status", "summary", "report", "bundle"];

    private readonly string _save = database.Dialect.Upsert("outrider_report", s_keys, s_columns);

    /// <summary>Its tables; for a <see cref="SharedMigrator"/>.</summary>
    public static SchemaPart Schema(SqlDialect dialect) => SchemaPart.Read(typeof(SharedReportStore).Assembly, "reports", dialect);

    public async ValueTask SaveAsync(string tenant, DiagnosisReport report, ReadOnlyMemory<byte> bundle, CancellationToken cancellation)
    {
        var json = StateJson.Write(report);
        var evidence = bundle.ToArray();
        await database.RunAsync(async session =>
        {
            await session.ExecuteAsync(
                _save, tenant, report.Agent, report.Id, report.Expert, report.At.UtcTicks, report.Score,
                report.Level, report.Status, report.Summary, json, evidence).ConfigureAwait(false);
            return await PruneAsync(session, tenant, report.Agent).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<ReportSummary>> ListAsync(
        string tenant, string agent, string? expert, DateTimeOffset? before, int limit, CancellationToken cancellation) =>
        await database.RunAsync(session => session.QueryAsync(
            $"""
            SELECT id, expert, at, score, level, status, summary FROM outrider_report
            WHERE tenant = @p1 AND agent = @p2 AND at < @p3 {(expert is null ? "" : "AND expert = @p5")}
            ORDER BY at DESC, id DESC LIMIT @p4
            """,
            row => new ReportSummary(
                row.GetString(0), row.GetString(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
                row.IsDBNull(3) ? null : row.GetInt32(3), row.GetString(4), row.GetString(5), row.GetString(6)),
            [tenant, agent, before?.UtcTicks ?? long.MaxValue, limit, .. expert is null ? [] : new object?[] { expert }]), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<DiagnosisReport?> ReadAsync(string tenant, string agent, string id, CancellationToken cancellation) =>
        await ReadBlobAsync("report", tenant, agent, id, cancellation).ConfigureAwait(false) is { } json
            ? StateJson.Read<DiagnosisReport>(json, $"report {id} of agent {agent}")
            : null;

    public async ValueTask<byte[]?> ReadBundleAsync(string tenant, string agent, string id, CancellationToken cancellation) =>
        await ReadBlobAsync("bundle", tenant, agent, id, cancellation).ConfigureAwait(false);

    /// <summary>
    /// Removes the oldest beyond what is kept. Row by row, after a read that locks nothing: two nodes that save reports of one agent
    /// must not wait for each other.
    /// </summary>
    private static async Task<int> PruneAsync(SharedSession session, string tenant, string agent)
    {
        var old = await session.QueryAsync(
            "SELECT id FROM outrider_report WHERE tenant = @p1 AND agent = @p2 ORDER BY at DESC, id DESC LIMIT 100 OFFSET @p3",
            row => row.GetString(0), tenant, agent, IReportStore.KeptPerAgent).ConfigureAwait(false);
        foreach (var id in old)
        {
            await session.ExecuteAsync(
                "DELETE FROM outrider_report WHERE tenant = @p1 AND agent = @p2 AND id = @p3", tenant, agent, id).ConfigureAwait(false);
        }
        return old.Count;
    }

    private async Task<byte[]?> ReadBlobAsync(string column, string tenant, string agent, string id, CancellationToken cancellation) =>
        await database.RunAsync(session => session.QueryFirstAsync(
            $"SELECT {column} FROM outrider_report WHERE tenant = @p1 AND agent = @p2 AND id = @p3",
            row => row.GetFieldValue<byte[]>(0), tenant, agent, id), cancellation).ConfigureAwait(false);
}
