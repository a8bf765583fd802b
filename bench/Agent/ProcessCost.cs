using System.Globalization;

namespace Outrider.Bench.Agent;

/// <summary>What a process has cost so far, from /proc.</summary>
/// <param name="CpuSeconds">User and system time.</param>
/// <param name="ResidentMb">Now.</param>
/// <param name="PeakMb">At most.</param>
internal sealed record ProcessCost(double CpuSeconds, double ResidentMb, double PeakMb)
{
    public static ProcessCost Of(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var status = File.ReadLines($"/proc/{pid}/status").ToList();
        return new ProcessCost((Number(fields[11]) + Number(fields[12])) / 100, Status("VmRSS:"), Status("VmHWM:"));

        double Status(string name) => Number(status.First(line => line.StartsWith(name)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
