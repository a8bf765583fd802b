namespace Outrider.Bench.Fleet;

/// <summary>Answer times since they were last taken, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly Lock _lock = new();
    private List<double> _all = [];

    public void Add(double milliseconds)
    {
        lock (_lock)
            _all.Add(milliseconds);
    }

    /// <summary>Takes them out, in order of size.</summary>
    public List<double> Take()
    {
        List<double> taken;
        lock (_lock)
            (taken, _all) = (_all, []);
        taken.Sort();
        return taken;
    }

    public static double Percentile(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)(share * (sorted.Count - 1))];
}
