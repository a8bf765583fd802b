namespace Outrider.Notifiers.Http;

/// <summary>A receiver's name means an address that messages are never sent to.</summary>
public sealed class AddressRefusedException(string message) : Exception(message);
