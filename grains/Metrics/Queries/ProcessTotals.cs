namespace Outrider.Grains.Metrics.Queries;

/// <summary>What several processes come to together. Null: not known of any of them; else what is known adds up.</summary>
/// <param name="Count">How many processes.</param>
/// <param name="CpuPercent">CPU in percent of one core.</param>
/// <param name="CpuPercentNormalized">CPU in percent of the whole machine.</param>
/// <param name="MemoryBytes">Resident memory.</param>
/// <param name="MemoryPercent">Resident memory in percent of the machine's.</param>
/// <param name="Threads">Threads.</param>
public sealed record ProcessTotals(
    int Count, double? CpuPercent, double? CpuPercentNormalized, long? MemoryBytes, double? MemoryPercent, int? Threads)
{
    public static ProcessTotals None { get; } = new(0, null, null, null, null, null);

    public static ProcessTotals Of(ProcessView process) => new(
        1, process.CpuPercent, process.CpuPercentNormalized, process.MemoryBytes, process.MemoryPercent, process.Threads);

    public static ProcessTotals operator +(ProcessTotals a, ProcessTotals b) => new(
        a.Count + b.Count,
        a.CpuPercent + b.CpuPercent ?? a.CpuPercent ?? b.CpuPercent,
        a.CpuPercentNormalized + b.CpuPercentNormalized ?? a.CpuPercentNormalized ?? b.CpuPercentNormalized,
        a.MemoryBytes + b.MemoryBytes ?? a.MemoryBytes ?? b.MemoryBytes,
        a.MemoryPercent + b.MemoryPercent ?? a.MemoryPercent ?? b.MemoryPercent,
        a.Threads + b.Threads ?? a.Threads ?? b.Threads);

    public static ProcessTotals Add(ProcessTotals left, ProcessTotals right) => left + right;
}
