namespace Outrider.Protocol.Tasks;

/// <summary>Where output of a task belongs: the first byte of a log chunk.</summary>
public enum TaskStream : byte
{
    /// <summary>A query's payload; never in a log chunk.</summary>
    Payload = 0,

    /// <summary>Standard output, or what an executor has to show.</summary>
    Stdout = 1,

    /// <summary>Standard error.</summary>
    Stderr = 2,

    /// <summary>Remarks of the executor itself, a line each: what it does and what went wrong on the way.</summary>
    Note = 3,
}
