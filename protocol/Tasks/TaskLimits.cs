namespace Outrider.Protocol.Tasks;

/// <summary>The numbers that agent and centre share about tasks (docs/tasks.md).</summary>
public static class TaskLimits
{
    /// <summary>Most tasks that an agent runs at once.</summary>
    public const int Running = 100;

    /// <summary>Most tasks of one database type that an agent runs at once.</summary>
    public const int DatabaseTasks = 10;

    /// <summary>Most tasks that wait in an agent; one more is refused as <c>agent_busy</c>.</summary>
    public const int Queued = 10_000;

    /// <summary>Bytes kept of a stream: so many of its beginning, and as many of its end. What lies between is counted.</summary>
    public const int KeptHead = 512 * 1024;

    /// <inheritdoc cref="KeptHead"/>
    public const int KeptTail = 512 * 1024;

    /// <summary>Most bytes that one chunk of a log holds.</summary>
    public const int ChunkBytes = 64 * 1024 - LogChunkCodec.HeaderBytes;

    /// <summary>Most chunks of one task that the centre hasn't acknowledged: beyond it the agent waits, and so does what it runs.</summary>
    public const int ChunkWindow = 16;

    /// <summary>Most bytes of a task's result as JSON in UTF-8; an executor shortens what is longer and says so in it.</summary>
    public const int ResultBytes = 128 * 1024;

    /// <summary>Time between asking a process to end and killing it.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>How much longer than its time limit a task may take before the centre calls it lost.</summary>
    public static readonly TimeSpan WatchGrace = TimeSpan.FromSeconds(30);
}
