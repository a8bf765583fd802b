namespace Outrider.Notifiers.Email;

/// <summary>The mail server takes the message for none of its recipients.</summary>
public sealed class NoRecipientException(string refused) : Exception($"The mail server refuses every recipient: {refused}.");
