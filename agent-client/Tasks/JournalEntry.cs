namespace Outrider.Agent.Tasks;

/// <summary>What the journal knows of an attempt that isn't forgotten.</summary>
internal sealed class JournalEntry(string task, int attempt)
{
    public string TaskId => task;

    public int Attempt => attempt;

    /// <summary>The task's type; empty once it has ended.</summary>
    public string Type { get; set; } = "";

    /// <summary>1 to 10.</summary>
    public int Priority { get; set; }

    /// <summary>Milliseconds since 1970-01-01 UTC; null: not yet.</summary>
    public long? StartedAt { get; set; }

    /// <summary>What it started.</summary>
    public List<TaskProcesses> Processes { get; } = [];

    /// <summary>How it ended is in the journal.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Once it has ended: how many chunks of output it had.</summary>
    public uint Chunks { get; set; }

    /// <summary>Where the records lie that tell of it: the first what to do, or, once it has ended, only how.</summary>
    public List<JournalPlace> Records { get; } = [];
}
