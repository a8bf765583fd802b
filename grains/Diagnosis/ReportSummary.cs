namespace Outrider.Grains.Diagnosis;

/// <summary>A line of the list of past reports.</summary>
public sealed record ReportSummary(string Id, string Expert, DateTimeOffset At, int? Score, string Level, string Status, string Summary);
