using Outrider.Grains.Audit;

namespace Outrider.Api.Rest;

/// <summary>Audit entries, newest first.</summary>
/// <param name="Next">Pass it as <c>before</c> for older ones; null: there are none.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, DateTimeOffset? Next);
