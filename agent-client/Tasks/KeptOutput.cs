using Outrider.Agent.Logging;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>
/// What is kept of a task's output, in its own folder (docs/formats/agent-tasks.md): the first and the last 512 KiB of each stream, at
/// least. It is with the operating system, so it survives <c>kill -9</c>; nothing of it is forced to the disk. Not thread-safe.
/// </summary>
internal sealed class KeptOutput(string folder, AgentLog log)
{
    /// <summary>Bytes that a chunk takes with its frame, at most.</summary>
    public const int MaxChunkBytes = LogChunkCodec.FramedHeaderBytes + TaskLimits.ChunkBytes;

    private readonly KeptStream[] _streams =
        [new(folder, TaskStream.Stdout), new(folder, TaskStream.Stderr), new(folder, TaskStream.Note)];

    private bool _made;
    private bool _full;

    /// <summary>Keeps a chunk; while the disk is full it doesn't.</summary>
    public void Append(LogChunk chunk)
    {
        try
        {
            if (!_made)
                TaskFolder.Create(folder);
            _made = true;
            Of(chunk.Stream).Append(chunk);
            _full = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_full)
                log.Warn($"Output of a task can't be kept in {folder}: {e.Message} It is counted only.");
            _full = true;
        }
    }

    /// <summary>Reads the next chunk that is kept, from <paramref name="from"/> on; null: there is none.</summary>
    /// <param name="from">A number.</param>
    /// <param name="buffer">At least <see cref="MaxChunkBytes"/>; the chunk's bytes are a part of it.</param>
    public LogChunk? Read(uint from, Memory<byte> buffer)
    {
        try
        {
            while (true)
            {
                var (next, length, lowest) = ((KeptStream?)null, 0, uint.MaxValue);
                foreach (var stream in _streams)
                {
                    if (stream.Peek(from, out var number) is not 0 and var bytes && number < lowest)
                        (next, length, lowest) = (stream, bytes, number);
                }
                if (next is null)
                    return null;
                if (next.Read(buffer[..length]) is { } chunk)
                    return chunk;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn($"Output of a task can't be read in {folder}: {e.Message}");
            return null;
        }
    }

    /// <summary>Reads from the start again.</summary>
    public void Rewind()
    {
        foreach (var stream in _streams)
            stream.Rewind();
    }

    /// <summary>Finds what an earlier process left, and how much had been written until then.</summary>
    public LogTotals Recover()
    {
        try
        {
            foreach (var stream in _streams)
                stream.Recover();
            _made = Directory.Exists(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn($"Output of a task can't be read in {folder}: {e.Message}");
        }
        return new LogTotals(
            _streams.Max(stream => stream.NextNumber), _streams[0].NextOffset, _streams[1].NextOffset, _streams[2].NextOffset);
    }

    /// <summary>Deletes all of it.</summary>
    public void Delete()
    {
        Release();
        TaskFolder.Delete(folder, log);
    }

    /// <summary>Lets go of its files, until they are used again.</summary>
    public void Release()
    {
        foreach (var stream in _streams)
            stream.Dispose();
    }

    private KeptStream Of(TaskStream stream) => _streams[(int)stream - (int)TaskStream.Stdout];
}
