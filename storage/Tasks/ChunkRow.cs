using System.Data.Common;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Storage.Tasks;

/// <summary>A chunk of a task's log in its table. Its time is in milliseconds since 1970, the agent's clock.</summary>
internal sealed record ChunkRow(LogKey Key, LogChunk Chunk)
{
    public static IReadOnlyList<string> Keys { get; } = ["tenant", "task", "attempt", "number"];

    public static IReadOnlyList<string> Columns { get; } = ["stream", "at", "start", "bytes"];

    /// <summary>In the order of <see cref="Keys"/> and <see cref="Columns"/>.</summary>
    public object?[] Values =>
        [Key.Tenant, Key.Task, Key.Attempt, (long)Key.Number, (int)Chunk.Stream, Chunk.At, Chunk.Offset, Chunk.Bytes.ToArray()];

    public static ChunkRow Of(string tenant, string task, int attempt, LogChunk chunk) => new(new LogKey(tenant, task, attempt, chunk.Number), chunk);

    /// <summary>The chunk of a row of <see cref="TaskSql.ReadLog"/>.</summary>
    public static StoredChunk Read(DbDataReader row) => new(
        row.GetInt32(0),
        new LogChunk(
            (uint)row.GetInt64(1), (TaskStream)row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetFieldValue<byte[]>(5)));

    /// <summary>The entry of a row of <see cref="TaskSql.ReadLogEntries"/>.</summary>
    public static ChunkEntry ReadEntry(DbDataReader row) =>
        new((uint)row.GetInt64(0), (TaskStream)row.GetInt32(1), row.GetInt64(2), row.GetInt32(3));
}
