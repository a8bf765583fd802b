namespace Outrider.Grains.Runtime;

/// <summary>
/// A part of the centre isn't there just now: a node, or the store. Asking again in a moment may help. Whether the work was done is not
/// known. The message is for the operator.
/// </summary>
public abstract class UnavailableException(string message, Exception? inner = null) : Exception(message, inner);
