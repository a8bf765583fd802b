namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>
/// How a score comes about (docs/diagnosis/README.md): 100 minus 25 per critical and 10 per warning finding, none for info. All findings
/// of a code together cost at most twice the points of the gravest, so that a hundred nodes with the same trouble still leave a score
/// that tells one trouble from three; an expert may set another cap for a code.
/// </summary>
public static class Scoring
{
    public const string Unknown = "UNKNOWN";

    private const int CriticalPoints = 25;
    private const int WarningPoints = 10;

    /// <summary>One deduction for each code that costs points, the dearest first.</summary>
    public static List<Deduction> Deduct(IEnumerable<Finding> findings, IReadOnlyDictionary<string, int> caps) =>
    [
        .. findings.GroupBy(finding => finding.Code)
            .Select(group => Deduct(group.Key, [.. group], caps))
            .Where(deduction => deduction.Points > 0)
            .OrderByDescending(deduction => deduction.Points)
            .ThenBy(deduction => deduction.Code, StringComparer.Ordinal),
    ];

    public static int Score(IEnumerable<Deduction> deductions) => Math.Max(0, 100 - deductions.Sum(deduction => deduction.Points));

    public static string Level(int? score) => score switch
    {
        null => Unknown,
        < 50 => "POOR",
        < 70 => "FAIR",
        < 85 => "GOOD",
        _ => "EXCELLENT",
    };

    /// <summary>By the gravest finding; without any, HEALTHY only if there was enough evidence to say so.</summary>
    public static string Status(IReadOnlyCollection<Finding> findings, bool judged) =>
        findings.Any(finding => finding.Severity == Severities.Critical) ? "CRITICAL"
        : findings.Any(finding => finding.Severity == Severities.Warning) ? "WARNING"
        : judged ? "HEALTHY" : Unknown;

    /// <summary>30 minutes, 2 hours or 12 hours; 30 minutes too when nothing is known.</summary>
    public static int NextCheckMinutes(string status) => status switch
    {
        "WARNING" => 120,
        "HEALTHY" => 720,
        _ => 30,
    };

    /// <summary>Points of one finding.</summary>
    public static int Points(string severity) => severity switch
    {
        Severities.Critical => CriticalPoints,
        Severities.Warning => WarningPoints,
        _ => 0,
    };

    private static Deduction Deduct(string code, List<Finding> findings, IReadOnlyDictionary<string, int> caps)
    {
        var points = findings.Select(finding => Points(finding.Severity)).ToList();
        var cap = caps.TryGetValue(code, out var own) ? own : 2 * points.Max();
        var sum = points.Sum();
        var counts = string.Join(" and ", findings.GroupBy(finding => finding.Severity).Select(group => $"{group.Count()} {group.Key}"));
        return new Deduction(code, Math.Min(sum, cap), sum > cap ? $"{counts}: {sum} points, capped at {cap}" : counts);
    }
}
