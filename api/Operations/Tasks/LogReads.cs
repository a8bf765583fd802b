using System.Runtime.CompilerServices;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Log;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>Reads the log of a task from the store.</summary>
internal static class LogReads
{
    /// <summary>Chunks that are read at once: 1 MiB at most.</summary>
    public const int AtOnce = 16;

    /// <summary>Rows that are made at once.</summary>
    private const int RowsAtOnce = 256;

    /// <summary>The rows from where <paramref name="lines"/> is, some at a time.</summary>
    public static async IAsyncEnumerable<List<LogRow>> ReadAsync(
        ITaskStore store, string tenant, string task, LogLines lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in ChunksAsync(store, tenant, task, lines.Place.Before, cancellation))
        {
            foreach (var rows in RowsOf(lines, stored.Attempt, stored.Chunk))
                yield return rows;
        }
    }

    /// <summary>The rows that a chunk completes, some at a time.</summary>
    public static IEnumerable<List<LogRow>> RowsOf(LogLines lines, int attempt, LogChunk chunk)
    {
        bool whole;
        do
        {
            var rows = new List<LogRow>();
            whole = lines.Take(attempt, chunk, rows, RowsAtOnce);
            if (rows.Count > 0)
                yield return rows;
        }
        while (!whole);
    }

    /// <summary>What is kept of the log, after a place.</summary>
    public static async IAsyncEnumerable<StoredChunk> ChunksAsync(
        ITaskStore store, string tenant, string task, LogPosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var chunks = await store.ReadLogAsync(tenant, task, after, AtOnce, cancellation);
            foreach (var chunk in chunks)
                yield return chunk;
            if (chunks.Count < AtOnce)
                yield break;
            after = new LogPosition(chunks[^1].Attempt, chunks[^1].Chunk.Number);
        }
    }

    /// <summary>The last rows of a task that is over, once all that is kept was read.</summary>
    public static List<LogRow> End(LogLines lines, TaskRecord task)
    {
        var rows = new List<LogRow>();
        lines.End(lines.Place.Attempt == task.Attempt ? task.Log : null, rows);
        return rows;
    }
}
