namespace Outrider.Silo.Embedded;

/// <summary>The grain has so many calls waiting that this one was refused. It has not run.</summary>
public sealed class MailboxFullException(string message) : Exception(message);
