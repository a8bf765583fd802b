namespace Outrider.Silo.Hosting.Configuration;

/// <summary>The centre can't start, and its operator can change that: the message says how.</summary>
public sealed class CentreException(string message, Exception? inner = null) : Exception(message, inner);
