using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>What has come of one task over a link and waits for its grain. Not thread-safe.</summary>
internal sealed class LinkTask(string id)
{
    private readonly Queue<LinkTaskItem> _waiting = [];

    public string Id => id;

    /// <summary>The attempt the agent has told of last; 0: none.</summary>
    public int Attempt { get; set; }

    /// <summary>Whether somebody hands on what waits.</summary>
    public bool Runs { get; set; }

    /// <summary>Chunks that came and whose taking the agent hasn't been told of.</summary>
    public int ChunksWaiting { get; private set; }

    /// <summary>Chunks that were taken and of which the agent hasn't been told.</summary>
    public int ChunksUntold { get; set; }

    public bool IsEmpty => _waiting.Count == 0;

    public void Push(LinkTaskItem item)
    {
        _waiting.Enqueue(item);
        if (item.Chunk is not null)
            ChunksWaiting++;
    }

    /// <summary>The chunks that come next, up to what isn't one: a large one, or small ones together.</summary>
    public List<LogChunk> TakeChunks()
    {
        var chunks = new List<LogChunk>();
        var bytes = 0;
        while (_waiting.TryPeek(out var item) && item.Chunk is { } chunk && (bytes += chunk.Bytes.Length) <= TaskLimits.ChunkBytes)
        {
            chunks.Add(chunk);
            _waiting.Dequeue();
        }
        ChunksWaiting -= chunks.Count;
        return chunks;
    }

    /// <summary>What comes next, if it is no chunk.</summary>
    public LinkTaskItem? TakeItem() => _waiting.TryPeek(out var item) && item.Chunk is null ? _waiting.Dequeue() : null;

    /// <summary>Drops what waits. Bytes of chunks that were dropped.</summary>
    public long Clear()
    {
        var bytes = _waiting.Sum(item => (long?)item.Chunk?.Bytes.Length ?? 0);
        _waiting.Clear();
        ChunksWaiting = 0;
        return bytes;
    }
}
