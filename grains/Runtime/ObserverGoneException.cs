namespace Outrider.Grains.Runtime;

/// <summary>A call to an observer whose object, process or machine is gone.</summary>
public sealed class ObserverGoneException(string message) : Exception(message);
