namespace Outrider.Grains.Tenancy;

/// <summary>What a tenant may use. Null: as much as it likes.</summary>
public sealed record TenantQuotas
{
    /// <summary>SQL statements in a calendar month (UTC), those of diagnoses too.</summary>
    public long? QueriesPerMonth { get; init; }

    /// <summary>Enrolled agents.</summary>
    public int? Agents { get; init; }
}
