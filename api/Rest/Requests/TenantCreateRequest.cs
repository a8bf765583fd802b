using Outrider.Grains.Tenancy;

namespace Outrider.Api.Rest.Requests;

/// <summary>A new tenant.</summary>
/// <param name="Id">1 to 63 letters, digits, '-' or '_'; never changes.</param>
/// <param name="Name">For people; the id if it is left out.</param>
/// <param name="Quotas">What it may use; as much as it likes if left out.</param>
/// <param name="AgentUrl">Where the centre dials the agent in set-ups of the older kind.</param>
public sealed record TenantCreateRequest(
    string Id, string? Name = null, string Description = "", bool Enabled = true, TenantQuotas? Quotas = null, string? AgentUrl = null);
