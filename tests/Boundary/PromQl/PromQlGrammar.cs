namespace Outrider.Tests.Boundary.PromQl;

/// <summary>Makes random expressions on the data of <see cref="PromQlData"/>; the same ones for a seed. Mostly they can be evaluated.</summary>
internal sealed class PromQlGrammar(int seed)
{
    private static readonly string[] s_functions =
        ["rate", "increase", "irate", "delta", "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "count_over_time", "last_over_time"];

    private static readonly string[] s_ranges = ["15s", "1m", "4m30s", "10m", "1h"];
    private static readonly string[] s_aggregations = ["sum", "avg", "min", "max", "count"];
    private static readonly string[] s_groupings = ["", " by (agent)", " by (agent, code)", " without (method)", " without (cpu, code)", " by ()"];
    private static readonly string[] s_arithmetic = ["+", "-", "*", "/", "%", "^"];
    private static readonly string[] s_comparisons = ["==", "!=", ">", "<", ">=", "<="];
    private static readonly string[] s_sets = ["and", "or", "unless"];
    private static readonly string[] s_matchings = ["", "", "", " on (agent)", " ignoring (cpu)", " ignoring (code, method)", " on (agent, code)"];
    private static readonly string[] s_numbers = ["0", "1", "2.5", "-3", "100", "1e6", "0.1"];

    private static readonly string[] s_selectors =
    [
        "host_cpu_percent", "host_load1", "host_memory_used_bytes", "host_memory_total_bytes", "host_cpu_core_percent", "requests_total",
        "slow_total", "sparse", "weird", "scrape_up", "once", "requests_total{method=\"get\"}", "requests_total{code!~\"4..\"}",
        "host_cpu_core_percent{cpu=\"1\"}", "host_load1{agent=~\"prod-.*\"}", "{__name__=~\"host_(load1|cpu_percent)\"}",
    ];

    private readonly Random _random = new(seed);

    public string Vector(int depth) => (depth <= 0 ? _random.Next(3) : _random.Next(10)) switch
    {
        0 => Selector(),
        1 => $"{Pick(s_functions)}({Ranged()})",
        2 => $"quantile_over_time({Scalar(0)}, {Ranged()})",
        3 => $"{Pick(s_aggregations)}{Pick(s_groupings)} ({Vector(depth - 1)})",
        4 => $"-{Vector(0)}",
        5 => $"({Vector(depth - 1)} {Pick(s_arithmetic)} {Scalar(depth - 1)})",
        6 => $"({Scalar(depth - 1)} {Pick(s_comparisons)}{Bool()} {Vector(depth - 1)})",
        7 => $"({Vector(depth - 1)} {Pick(s_sets)}{Pick(s_matchings)} {Vector(depth - 1)})",
        8 => $"({Vector(depth - 1)} {Pick(s_arithmetic)}{Pick(s_matchings)} {Vector(depth - 1)})",
        _ => $"({Vector(depth - 1)} {Pick(s_comparisons)}{Bool()}{Pick(s_matchings)} {Vector(depth - 1)})",
    };

    private string Scalar(int depth) => depth <= 0 || _random.Next(3) > 0 ? Pick(s_numbers) : $"({Scalar(depth - 1)} {Pick(s_arithmetic)} {Scalar(depth - 1)})";

    private string Selector() => Pick(s_selectors) + (_random.Next(5) == 0 ? $" offset {Pick(s_ranges)}" : "");

    private string Ranged() => $"{Pick(s_selectors)}[{Pick(s_ranges)}]{(_random.Next(5) == 0 ? $" offset -{Pick(s_ranges)}" : "")}";

    private string Bool() => _random.Next(3) == 0 ? " bool" : "";

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
