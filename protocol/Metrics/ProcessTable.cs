namespace Outrider.Protocol.Metrics;

/// <summary>The processes of one machine at one time: those that use most, not all.</summary>
/// <param name="Time">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Total">How many processes the machine had.</param>
/// <param name="Cpus">Logical processors, 0 where they aren't known: divides <see cref="ProcessRow.CpuPercent"/> into percent of the whole machine.</param>
/// <param name="MemoryBytes">The machine's memory, 0 where it isn't known: divides <see cref="ProcessRow.MemoryBytes"/>.</param>
/// <param name="Rows">In the order the agent sent them.</param>
public sealed record ProcessTable(long Time, int Total, int Cpus, long MemoryBytes, IReadOnlyList<ProcessRow> Rows)
{
    /// <summary>CPU in percent of the whole machine; null when it isn't known.</summary>
    public double? CpuPercentNormalized(ProcessRow row) => Cpus > 0 ? row.CpuPercent / Cpus : null;

    /// <summary>Memory in percent of the machine's; null when it isn't known.</summary>
    public double? MemoryPercent(ProcessRow row) => MemoryBytes > 0 ? row.MemoryBytes * 100.0 / MemoryBytes : null;
}
