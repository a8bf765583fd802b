using Outrider.Grains.Audit;

namespace Outrider.Api.Operations;

/// <summary>Audit entries, newest first.</summary>
/// <param name="Next">Pass it as <c>after</c> for older ones; null: there are none.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Next);
