using Outrider.Grains.Tenancy;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="ITenantDirectory"/>
public interface ITenantDirectoryGrain : ITenantDirectory, IGrainWithStringKey;
