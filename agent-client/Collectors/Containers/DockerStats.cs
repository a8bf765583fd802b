namespace Outrider.Agent.Collectors.Containers;

/// <summary>
/// The parts of <c>GET /containers/ID/stats</c> that are read (https://docs.docker.com/reference/api/engine/version/v1.41/). Any may be
/// missing: daemons differ by version, and by the machine's cgroups.
/// </summary>
internal sealed record DockerStats
{
    public Cpu? CpuStats { get; init; }

    public Memory? MemoryStats { get; init; }

    /// <summary>By network interface of the container; absent for one that has the host's network.</summary>
    public Dictionary<string, Network?>? Networks { get; init; }

    public Block? BlkioStats { get; init; }

    public Pids? PidsStats { get; init; }

    internal sealed record Cpu
    {
        public Usage? CpuUsage { get; init; }
    }

    internal sealed record Usage
    {
        /// <summary>Nanoseconds since the container started, on either version of cgroups.</summary>
        public ulong? TotalUsage { get; init; }
    }

    internal sealed record Memory
    {
        /// <summary>Bytes, with the page cache.</summary>
        public ulong? Usage { get; init; }

        public ulong? Limit { get; init; }

        /// <summary>The cgroup's memory.stat; its names differ by version of cgroups.</summary>
        public Dictionary<string, ulong>? Stats { get; init; }
    }

    internal sealed record Network
    {
        public ulong? RxBytes { get; init; }

        public ulong? TxBytes { get; init; }
    }

    internal sealed record Block
    {
        /// <summary>Null on some kernels with cgroups v2.</summary>
        public List<BlockEntry?>? IoServiceBytesRecursive { get; init; }
    }

    internal sealed record BlockEntry
    {
        /// <summary>Read, Write, Sync, …; in small letters with cgroups v2.</summary>
        public string? Op { get; init; }

        public ulong? Value { get; init; }
    }

    internal sealed record Pids
    {
        public ulong? Current { get; init; }
    }
}
