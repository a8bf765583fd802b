using Outrider.Grains.Notifications;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IChannel"/>
public interface IChannelGrain : IChannel, IGrainWithStringKey;
