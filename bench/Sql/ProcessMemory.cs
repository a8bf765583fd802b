using System.Globalization;

namespace Outrider.Bench.Sql;

/// <summary>Resident memory of a process, from /proc.</summary>
internal static class ProcessMemory
{
    public static long ResidentMb(int pid) => Read(pid, "VmRSS:");

    public static long PeakMb(int pid) => Read(pid, "VmHWM:");

    private static long Read(int pid, string name) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
