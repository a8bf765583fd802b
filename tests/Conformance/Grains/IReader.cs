using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

/// <summary>Subscribes to the feed "news" of its own key, records "item n", and waits for the gate "item n" if that item is held.</summary>
public interface IReader : IGrain
{
    Task SubscribeAsync(long heldItem);

    Task UnsubscribeAsync();

    Task PublishAsync(long number, string text);

    Task<List<long>> NumbersAsync();

    Task DeactivateAsync();
}
