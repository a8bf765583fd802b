using Outrider.Grains.Tenancy;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="ITenant"/>
public interface ITenantGrain : ITenant, IGrainWithStringKey;
