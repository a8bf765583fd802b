using Outrider.Grains.Tenancy;

namespace Outrider.Api.Rest.Requests;

/// <summary>A new API key.</summary>
/// <param name="Role">viewer, operator or admin.</param>
/// <param name="Name">What it is for; at most two live keys share a name, so that one can replace the other.</param>
/// <param name="ExpiresAt">When it stops; never if left out.</param>
public sealed record KeyRequest(Role Role, string Name = "default", DateTimeOffset? ExpiresAt = null);
