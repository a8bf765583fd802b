using Outrider.Grains.Diagnosis;

namespace Outrider.Api.Rest;

/// <summary>Past reports, newest first.</summary>
/// <param name="Next">Pass it as <c>before</c> for older ones; null: there are none.</param>
public sealed record ReportPage(IReadOnlyList<ReportSummary> Diagnoses, DateTimeOffset? Next);
