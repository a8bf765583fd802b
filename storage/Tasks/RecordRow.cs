using System.Data.Common;
using Outrider.Grains.Tasks;
using Outrider.Storage.State;

namespace Outrider.Storage.Tasks;

/// <summary>
/// A task or a fan-out in its table: what is asked for, and the whole as JSON. Times are in ticks (100 ns) since year 1, UTC.
/// </summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">Its id.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Asked">What is asked for, in the order of the table's columns, the revision and the body left out.</param>
/// <param name="Body">The whole.</param>
internal sealed record RecordRow(string Tenant, string Id, long Revision, IReadOnlyList<object?> Asked, byte[] Body)
{
    public static IReadOnlyList<string> TaskColumns { get; } =
        ["revision", "agent", "type", "status", "creator", "fanout", "created", "waiting", "approval", "due", "ended", "body"];

    public static IReadOnlyList<string> FanoutColumns { get; } = ["revision", "status", "created", "due", "ended", "body"];

    /// <summary>In the order of <see cref="RecordTable.Keys"/> and the table's columns.</summary>
    public object?[] Values => [Tenant, Id, Revision, .. Asked, Body];

    public static RecordRow Of(string tenant, TaskRecord task) => new(
        tenant, task.Id, task.Revision,
        [
            task.Request.Agent, task.Request.Type, task.Status, task.Request.CreatedBy, task.Request.Fanout, task.CreatedAt.UtcTicks,
            task.IsOpen ? 1 : 0, task.AwaitsApproval ? 1 : 0, task.DueAt?.UtcTicks,
            task.HasEnded ? (task.FinishedAt ?? task.UpdatedAt).UtcTicks : null,
        ],
        StateJson.Write(task));

    public static RecordRow Of(string tenant, FanoutRecord fanout) => new(
        tenant, fanout.Id, fanout.Revision,
        [
            fanout.Status, fanout.CreatedAt.UtcTicks, fanout.DueAt?.UtcTicks,
            fanout.IsOpen ? null : (fanout.FinishedAt ?? fanout.UpdatedAt).UtcTicks,
        ],
        StateJson.Write(fanout));

    /// <summary>The task of a row of <see cref="TaskSql"/>.</summary>
    public static TaskRecord ReadTask(DbDataReader row) => StateJson.Read<TaskRecord>(row.GetFieldValue<byte[]>(0), "task");

    /// <summary>The fan-out of a row of <see cref="TaskSql"/>.</summary>
    public static FanoutRecord ReadFanout(DbDataReader row) => StateJson.Read<FanoutRecord>(row.GetFieldValue<byte[]>(0), "fan-out");
}
