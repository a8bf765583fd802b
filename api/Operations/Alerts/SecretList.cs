using Outrider.Grains.Secrets;

namespace Outrider.Api.Operations.Alerts;

/// <summary>The names of a tenant's secrets.</summary>
public sealed record SecretList(List<SecretView> Secrets);
