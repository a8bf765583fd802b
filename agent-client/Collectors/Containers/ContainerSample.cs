using System.Text.Json;

namespace Outrider.Agent.Collectors.Containers;

/// <summary>What a container uses, of any version of cgroups. Null: unknown.</summary>
internal readonly record struct ContainerSample
{
    /// <summary>Since it started.</summary>
    public double? CpuSeconds { get; private init; }

    /// <summary>Bytes without the page cache that can be given back, as <c>docker stats</c> shows it.</summary>
    public double? MemoryBytes { get; private init; }

    /// <summary>Null also when it has none of its own.</summary>
    public double? MemoryLimitBytes { get; private init; }

    /// <summary>Of all its networks.</summary>
    public double? ReceivedBytes { get; private init; }

    public double? SentBytes { get; private init; }

    public double? DiskReadBytes { get; private init; }

    public double? DiskWrittenBytes { get; private init; }

    public double? Processes { get; private init; }

    /// <summary>Reads an answer of <c>/containers/ID/stats</c>. False: it is none.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="machineBytes">The machine's memory: a limit that isn't below it is none. Null: unknown.</param>
    /// <param name="sample">What it says.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, double? machineBytes, out ContainerSample sample)
    {
        sample = default;
        DockerStats? stats;
        try
        {
            stats = JsonSerializer.Deserialize(json, DockerJson.Default.DockerStats);
        }
        catch (JsonException)
        {
            return false;
        }
        if (stats is null)
            return false;
        var networks = stats.Networks?.Values.OfType<DockerStats.Network>().ToList();
        sample = new ContainerSample
        {
            CpuSeconds = stats.CpuStats?.CpuUsage?.TotalUsage / 1e9,
            MemoryBytes = Memory(stats.MemoryStats),
            MemoryLimitBytes = stats.MemoryStats?.Limit is > 0 and var limit && !(limit >= machineBytes) ? limit : null,
            ReceivedBytes = Sum(networks?.Select(network => network.RxBytes)),
            SentBytes = Sum(networks?.Select(network => network.TxBytes)),
            DiskReadBytes = Sum(Blocks(stats, "read")),
            DiskWrittenBytes = Sum(Blocks(stats, "write")),
            Processes = stats.PidsStats?.Current,
        };
        return true;
    }

    private static double? Memory(DockerStats.Memory? memory)
    {
        if (memory?.Usage is not { } usage)
            return null;
        // v1 calls it total_inactive_file, v2 inactive_file.
        var cache = memory.Stats is null ? 0
            : memory.Stats.TryGetValue("total_inactive_file", out var v1) ? v1
            : memory.Stats.GetValueOrDefault("inactive_file");
        return usage >= cache ? usage - cache : usage;
    }

    private static IEnumerable<ulong?>? Blocks(DockerStats stats, string op) =>
        stats.BlkioStats?.IoServiceBytesRecursive?.OfType<DockerStats.BlockEntry>()
            .Where(entry => string.Equals(entry.Op, op, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Value);

    /// <summary>Null when no addend is known.</summary>
    private static double? Sum(IEnumerable<ulong?>? values)
    {
        double? sum = null;
        foreach (var value in values ?? [])
        {
            if (value is { } known)
                sum = (sum ?? 0) + known;
        }
        return sum;
    }
}
