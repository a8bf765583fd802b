using System.Data.Common;
using Outrider.Grains.Alerts;
using Outrider.Storage.State;

namespace Outrider.Storage.Alerts;

/// <summary>An alert in a table: what is asked for, and the whole as JSON. Times are in ticks (100 ns) since year 1, UTC.</summary>
/// <param name="Resolved">Null: it fires.</param>
internal sealed record AlertRow(
    string Tenant, string Id, string Rule, string Agent, string Severity, long Fired, long? Resolved, byte[] Body)
{
    public static IReadOnlyList<string> Keys { get; } = ["tenant", "id"];

    public static IReadOnlyList<string> Columns { get; } = ["rule", "agent", "severity", "fired", "resolved", "body"];

    /// <summary>In the order of <see cref="Keys"/> and <see cref="Columns"/>.</summary>
    public object?[] Values => [Tenant, Id, Rule, Agent, Severity, Fired, Resolved, Body];

    public static AlertRow Of(string tenant, Alert alert) => new(
        tenant, alert.Id, alert.Rule, alert.Agent, alert.Severity.ToString(), alert.FiredAt.UtcTicks,
        alert.State is AlertState.Resolved ? (alert.ResolvedAt ?? alert.ChangedAt).UtcTicks : null, StateJson.Write(alert));

    /// <summary>The alert of a row of <see cref="AlertSql"/>.</summary>
    public static Alert Read(DbDataReader row) => StateJson.Read<Alert>(row.GetFieldValue<byte[]>(0), "alert");
}
