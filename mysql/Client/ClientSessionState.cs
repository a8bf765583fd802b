namespace Outrider.MySql.Client;

/// <summary>What a client session can do next.</summary>
public enum ClientSessionState
{
    /// <summary>Takes a command.</summary>
    Ready,

    /// <summary>A result is being read.</summary>
    Reading,

    /// <summary>Out of step with the server after a failure or a cancellation; good for nothing but disposal.</summary>
    Broken,

    /// <summary>Disposed.</summary>
    Closed,
}
