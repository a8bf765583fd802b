using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Log;

/// <summary>What is kept of one stream of a log, saved or not.</summary>
internal sealed class KeptStream
{
    private readonly List<LogChunk> _head = [];
    private readonly Queue<LogChunk> _tail = [];
    private readonly Queue<ChunkEntry> _savedTail = [];
    private readonly List<uint> _passedSaved = [];

    /// <summary>Bytes that have come.</summary>
    public long End { get; private set; }

    /// <summary>Chunks to be saved.</summary>
    public IEnumerable<LogChunk> Unsaved => _head.Concat(_tail);

    /// <summary>Numbers of saved chunks that are no longer kept.</summary>
    public IReadOnlyList<uint> PassedSaved => _passedSaved;

    public void AddSaved(ChunkEntry entry)
    {
        End = Math.Max(End, entry.End);
        if (!IsHead(entry))
            _savedTail.Enqueue(entry);
    }

    public void Add(LogChunk chunk)
    {
        var entry = ChunkEntry.Of(chunk);
        End = Math.Max(End, entry.End);
        if (IsHead(entry))
        {
            _head.Add(chunk);
            return;
        }
        _tail.Enqueue(chunk);
        while (_savedTail.TryPeek(out var oldest) && IsPassed(oldest))
            _passedSaved.Add(_savedTail.Dequeue().Number);
        while (_tail.TryPeek(out var oldest) && IsPassed(ChunkEntry.Of(oldest)))
            _tail.Dequeue();
    }

    /// <summary>What was to be saved and removed is.</summary>
    public void Settle()
    {
        foreach (var chunk in _tail)
            _savedTail.Enqueue(ChunkEntry.Of(chunk));
        _head.Clear();
        _tail.Clear();
        _passedSaved.Clear();
    }

    private static bool IsHead(ChunkEntry entry) => entry.Offset < TaskLimits.KeptHead;

    private bool IsPassed(ChunkEntry entry) => entry.End <= End - TaskLimits.KeptTail;
}
