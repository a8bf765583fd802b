namespace Outrider.Storage.Metrics;

/// <summary>What a chunk holds, finest first.</summary>
public enum ChunkLevel
{
    /// <summary>Raw samples of all series of an agent, as folded from the journal; waits to be compacted.</summary>
    Folded = 0,

    /// <summary>Raw samples, compacted.</summary>
    Raw = 1,

    /// <summary>Roll-up by minute.</summary>
    Minute = 2,

    /// <summary>Roll-up by five minutes.</summary>
    FiveMinutes = 3,

    /// <summary>Roll-up by two hours.</summary>
    TwoHours = 4,
}
