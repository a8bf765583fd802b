using System.Runtime.CompilerServices;

namespace Outrider.Agent.Collectors.Proc;

/// <summary>What a processor spent its time on since the machine started, in ticks by mode (proc_stat(5)). Guest time is in user already.</summary>
[InlineArray(Modes)]
internal struct CpuTimes
{
    public const int Modes = 8;

    private const int Idle = 3;
    private const int IoWait = 4;

    private ulong _first;

    /// <summary>Of the modes, in the order of the fields.</summary>
    public static IReadOnlyList<string> Names { get; } = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"];

    /// <summary>
    /// What it did between two readings. A mode that went back, as iowait may, counts as nothing; when no mode went on, as after a
    /// processor was taken off and on again, the answer is null: unknown.
    /// </summary>
    /// <param name="now">The later reading.</param>
    /// <param name="percent">Receives each mode's share.</param>
    /// <returns>Percent busy: neither idle nor waiting for a disk.</returns>
    public readonly double? Until(in CpuTimes now, Span<double> percent)
    {
        double total = 0;
        for (var mode = 0; mode < Modes; mode++)
            total += percent[mode] = now[mode] > this[mode] ? now[mode] - this[mode] : 0;
        if (total <= 0)
            return null;
        foreach (ref var share in percent[..Modes])
            share *= 100 / total;
        return 100 - percent[Idle] - percent[IoWait];
    }
}
