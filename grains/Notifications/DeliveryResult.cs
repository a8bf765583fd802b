namespace Outrider.Grains.Notifications;

/// <summary>What a receiver made of a message.</summary>
/// <param name="Delivered">It said that it has it.</param>
/// <param name="Detail">What it said, or why it could not be reached; never a secret.</param>
/// <param name="Permanent">Trying again can't help: the message or the channel is wrong.</param>
public sealed record DeliveryResult(bool Delivered, string Detail, bool Permanent = false);
