using Outrider.Storage.Tasks;

namespace Outrider.Storage.Shared;

/// <summary>What one caller adds, changes or logs on its way into the task store.</summary>
internal sealed class TaskWrite(long started) : GroupItem(started)
{
    /// <summary>What a row takes beside its body, roughly.</summary>
    private const int Overhead = 200;

    /// <summary>Tasks to be added.</summary>
    public IReadOnlyList<RecordRow> Tasks { get; init; } = [];

    /// <summary>What is to be changed, if the stored one is what it is known as.</summary>
    public RecordChange? Change { get; init; }

    /// <summary>Chunks to be added or replaced, by key; null: to be removed.</summary>
    public IReadOnlyList<KeyValuePair<LogKey, ChunkRow?>> Log { get; init; } = [];

    /// <summary>How often it was tried: an earlier try may be in the database, though its answer was lost.</summary>
    public int Tries { get; set; }

    /// <summary>Bytes.</summary>
    public override int Size => Tasks.Sum(SizeOf) + (Change is null ? 0 : SizeOf(Change.Row)) + Log.Sum(entry => SizeOf(entry.Value));

    public static int SizeOf(RecordRow row) => Overhead + row.Body.Length;

    public static int SizeOf(ChunkRow? row) => Overhead + (row?.Chunk.Bytes.Length ?? 0);
}
