namespace Outrider.Grains.Tenancy;

/// <summary>What a tenant has used.</summary>
/// <param name="Month">The calendar month in UTC, yyyy-MM.</param>
/// <param name="Queries">SQL statements in that month; after a crash of the centre it may stand up to 100 too high, never too low.</param>
/// <param name="Agents">Enrolled agents now.</param>
public sealed record TenantUsage(string Month, long Queries, int Agents);
