namespace Outrider.Bench.Tasks;

/// <summary>What stands above the figures.</summary>
internal static class Machine
{
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public static void Print(string what) => Console.WriteLine($"{what}; {Environment.ProcessorCount} cores, load before {Load}\n");
}
