using Outrider.Grains.Runtime;

namespace Outrider.Silo.Embedded;

/// <summary>The host is not running (any more). Whether the call has run is not known.</summary>
public sealed class HostStoppedException(string message) : GrainUnreachableException(message);
