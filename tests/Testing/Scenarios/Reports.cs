using Outrider.Grains.Diagnosis;

namespace Outrider.Testing.Scenarios;

/// <summary>Reports for tests that keep or show some.</summary>
public static class Reports
{
    public static DateTimeOffset At { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DiagnosisReport Some(string id, string agent, DateTimeOffset? at = null, string expert = "storage") => new()
    {
        Id = id,
        Expert = expert,
        ExpertVersion = "1",
        Agent = agent,
        At = at ?? At,
        ElapsedMs = 12.5,
        Score = 70,
        Level = "GOOD",
        Status = "WARNING",
        Summary = "Ein Platz wird knapp: 磁盘.",
        Findings = [],
        Deductions = [new Deduction("disk_warning", 30, "one disk")],
        Evidence = [],
        Facts = new() { ["version"] = "3.3.2" },
        NextCheckMinutes = 60,
    };
}
