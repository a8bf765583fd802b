namespace Outrider.Protocol.Metrics;

/// <summary>One process at one time. Null: the agent could not know it (no right to read it, or gone meanwhile).</summary>
/// <param name="Pid">The system's number of it.</param>
/// <param name="Name">Short name, as the system keeps it.</param>
public sealed record ProcessRow(int Pid, string Name)
{
    private const double ActiveCpuPercent = 1;
    private const long ActiveMemoryBytes = 50L << 20;

    /// <summary>Whether it uses at least 1 % of a core or 50 MiB.</summary>
    public bool IsActive => CpuPercent >= ActiveCpuPercent || MemoryBytes >= ActiveMemoryBytes;

    /// <summary>0: it has none.</summary>
    public int? ParentPid { get; init; }

    /// <summary>The command line, masked by the agent where it holds a secret.</summary>
    public string? Command { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Such as development, system or docker.</summary>
    public string? Category { get; init; }

    /// <summary>Percent of one core since the snapshot before; more than 100 on several cores.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>Resident memory.</summary>
    public long? MemoryBytes { get; init; }

    public int? Threads { get; init; }

    /// <summary>Since the process started.</summary>
    public long? DiskReadBytes { get; init; }

    /// <summary>Since the process started.</summary>
    public long? DiskWriteBytes { get; init; }

    /// <summary>Since the process (for a container: its network) started.</summary>
    public long? NetworkSentBytes { get; init; }

    /// <summary>As <see cref="NetworkSentBytes"/>.</summary>
    public long? NetworkReceivedBytes { get; init; }

    /// <summary>When it started, in milliseconds since 1970-01-01 UTC.</summary>
    public long? StartedAt { get; init; }

    /// <summary>User and system time since it started.</summary>
    public double? CpuSeconds { get; init; }
}
