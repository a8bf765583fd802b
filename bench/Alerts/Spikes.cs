namespace Outrider.Bench.Alerts;

/// <summary>
/// The values of one agent: every metric is at 10, and now and then one of them is at 95 for one report. Both systems under test are given
/// the same: the dice are thrown from the agent's number.
/// </summary>
internal sealed class Spikes(int agent, int metrics, double share)
{
    private readonly Random _random = new(agent);
    private readonly double[] _values = new double[metrics];

    /// <summary>The metric that is high now; null: none.</summary>
    public int? High { get; private set; }

    public static string Metric(int number) => $"bench_m{number:00}";

    /// <summary>The values of the next report.</summary>
    public double[] Next(bool quiet)
    {
        Array.Fill(_values, 10 + Math.Round(_random.NextDouble(), 2));
        High = High is null && !quiet && _random.NextDouble() < share ? _random.Next(metrics) : null;
        if (High is { } high)
            _values[high] = 95;
        return _values;
    }
}
