namespace Outrider.MySql;

/// <summary>The connection could not be made, was lost, or could not be made secure. The session is broken.</summary>
public sealed class MySqlConnectionException(string message, Exception? cause = null) : MySqlException(message, cause);
