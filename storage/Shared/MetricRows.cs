using System.Data.Common;
using System.Text.Json;
using Outrider.Grains.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Storage.State;

namespace Outrider.Storage.Shared;

/// <summary>Rows of the metric store's tables. A tenant or agent that was removed keeps its row, without a name.</summary>
internal static class MetricRows
{
    public static Task<List<TenantRow>> TenantsAsync(SharedSession session, string condition, params IReadOnlyList<object?> values) =>
        session.QueryAsync($"SELECT no, name, policy, raw_from, minute_from FROM outrider_metric_tenant WHERE {condition}", Tenant, values);

    public static Task<List<AgentRow>> AgentsAsync(SharedSession session, string condition, params IReadOnlyList<object?> values) =>
        session.QueryAsync($"SELECT no, tenant, name, version, seen FROM outrider_metric_agent WHERE {condition}", Agent, values);

    /// <summary>By agent and ordinal.</summary>
    public static Task<List<SeriesRow>> SeriesAsync(SharedSession session, string condition) => session.QueryAsync(
        $"SELECT agent, first, series FROM outrider_metric_series WHERE {condition} ORDER BY agent, first",
        row => new SeriesRow(row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2)));

    /// <summary>Locks agents until the end of the transaction, and gives the versions of those that are there.</summary>
    public static async Task<Dictionary<int, long>> LockAgentsAsync(SharedSession session, IEnumerable<int> agents) =>
        (await session.QueryAsync(
            $"SELECT no, version FROM outrider_metric_agent WHERE no IN ({List(agents)}) AND name IS NOT NULL ORDER BY no FOR UPDATE",
            row => (No: row.GetInt32(0), Version: row.GetInt64(1))).ConfigureAwait(false)).ToDictionary(row => row.No, row => row.Version);

    /// <summary>
    /// The next change number, which nobody else gets before this transaction is committed: who has read up to a number has read all up to
    /// it.
    /// </summary>
    public static async Task<long> NextChangeAsync(SharedSession session)
    {
        await session.ExecuteAsync("UPDATE outrider_metric_change SET no = no + 1 WHERE id = 1").ConfigureAwait(false);
        return await LastChangeAsync(session).ConfigureAwait(false);
    }

    public static Task<long> LastChangeAsync(SharedSession session) =>
        session.QueryFirstAsync("SELECT no FROM outrider_metric_change WHERE id = 1", row => row.GetInt64(0));

    public static string List<T>(IEnumerable<T> numbers)
        where T : struct => string.Join(", ", numbers);

    private static TenantRow Tenant(DbDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : JsonSerializer.Deserialize<MetricPolicy>(row.GetString(2), StateJson.Options),
        row.GetInt32(3),
        row.GetInt32(4));

    private static AgentRow Agent(DbDataReader row) =>
        new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4));
}
