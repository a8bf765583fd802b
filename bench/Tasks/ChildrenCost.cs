using System.Globalization;
using Outrider.Bench.Agent;

namespace Outrider.Bench.Tasks;

/// <summary>What a process's children that have ended, and theirs, have cost together, from /proc.</summary>
internal static class ChildrenCost
{
    /// <summary>CPU seconds.</summary>
    public static double Of(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture)) / 100;
    }

    /// <summary>CPU seconds, the process's own included.</summary>
    public static double With(int pid) => ProcessCost.Of(pid).CpuSeconds + Of(pid);
}
