namespace Outrider.Grains.Runtime;

/// <summary>The node that runs the grain was lost or stopped during the call. Whether the call has run is not known.</summary>
public class GrainUnreachableException(string message, Exception? inner = null) : UnavailableException(message, inner);
