namespace Outrider.MySql;

/// <summary>What can go wrong while talking to a MySQL-compatible server. See the derived types for what it means for the session.</summary>
public abstract class MySqlException(string message, Exception? cause = null) : Exception(message, cause);
