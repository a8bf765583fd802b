using Outrider.Grains.People;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IUser"/>
public interface IUserGrain : IUser, IGrainWithStringKey;
