namespace Outrider.MySql;

/// <summary>The peer sent bytes that are not the protocol, or asked for something that is refused. The session is broken.</summary>
public sealed class MySqlProtocolException(string message, Exception? cause = null) : MySqlException(message, cause);
