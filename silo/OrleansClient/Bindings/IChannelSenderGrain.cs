using Outrider.Grains.Notifications;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IChannelSender"/>
public interface IChannelSenderGrain : IChannelSender, IGrainWithStringKey;
