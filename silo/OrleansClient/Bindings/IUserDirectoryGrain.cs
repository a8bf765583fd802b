using Outrider.Grains.People;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IUserDirectory"/>
public interface IUserDirectoryGrain : IUserDirectory, IGrainWithStringKey;
