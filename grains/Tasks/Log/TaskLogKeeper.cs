using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Log;

/// <summary>
/// Decides what is kept of one attempt's log: of each stream the beginning and the end (<see cref="TaskLimits.KeptHead"/>,
/// <see cref="TaskLimits.KeptTail"/>). Holds the bytes only of what isn't saved yet.
/// </summary>
public sealed class TaskLogKeeper
{
    private readonly Dictionary<TaskStream, KeptStream> _streams = [];

    /// <param name="saved">What is saved of it, in its order.</param>
    public TaskLogKeeper(IReadOnlyList<ChunkEntry> saved)
    {
        foreach (var entry in saved)
            Of(entry.Stream).AddSaved(entry);
        Next = saved.Count == 0 ? 0 : saved[^1].Number + 1;
    }

    /// <summary>The number that is due next.</summary>
    public uint Next { get; private set; }

    /// <summary>Whether something waits to be saved.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>How much has come.</summary>
    public LogTotals Totals => new(Next, Of(TaskStream.Stdout).End, Of(TaskStream.Stderr).End, Of(TaskStream.Note).End);

    /// <summary>Takes a chunk in. False: it was known.</summary>
    public bool Add(LogChunk chunk)
    {
        if (chunk.Number < Next)
            return false;
        Next = chunk.Number + 1;
        Of(chunk.Stream).Add(chunk);
        IsDirty = true;
        return true;
    }

    /// <summary>What is to be added to the store and removed from it, for the log to be as it should; call <see cref="Saved"/> when that is done.</summary>
    public (List<LogChunk> Add, List<uint> Remove) Unsaved() =>
        ([.. _streams.Values.SelectMany(stream => stream.Unsaved).OrderBy(chunk => chunk.Number)],
         [.. _streams.Values.SelectMany(stream => stream.PassedSaved)]);

    /// <summary>What <see cref="Unsaved"/> said is done.</summary>
    public void Saved()
    {
        foreach (var stream in _streams.Values)
            stream.Settle();
        IsDirty = false;
    }

    private KeptStream Of(TaskStream stream)
    {
        if (!_streams.TryGetValue(stream, out var found))
            _streams.Add(stream, found = new KeptStream());
        return found;
    }
}
