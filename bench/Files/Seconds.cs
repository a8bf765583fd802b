using System.Diagnostics;
using System.Globalization;

namespace Outrider.Bench.Files;

/// <summary>What is measured.</summary>
internal static class Seconds
{
    public static async Task<double> OfAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Of a program that must end well.</summary>
    public static Task<double> OfAsync(string program, params string[] arguments) => OfAsync(async () =>
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    });

    /// <summary>Most memory that a process had, from /proc.</summary>
    public static long PeakMb(int pid) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
