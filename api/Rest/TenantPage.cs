using Outrider.Grains.Tenancy;

namespace Outrider.Api.Rest;

/// <summary>Tenants by id.</summary>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record TenantPage(IReadOnlyList<TenantView> Tenants, string? Next);
