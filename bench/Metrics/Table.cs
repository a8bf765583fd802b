namespace Outrider.Bench.Metrics;

internal static class Table
{
    /// <summary>A line with both figures, and how many times better ours is: above 1 we are ahead.</summary>
    public static void Write(string what, double ours, double theirs, string format, bool lessIsBetter = false) => Console.WriteLine(
        $"| {what} | {ours.ToString(format)} | {theirs.ToString(format)} | {(lessIsBetter ? theirs / ours : ours / theirs):0.00} |");
}
