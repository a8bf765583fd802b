namespace Outrider.Silo.Orleans.Configuration;

/// <summary>The databases that a cluster may share.</summary>
public enum DatabaseKind
{
    /// <summary>MySQL 8 or MariaDB 10.6, or newer.</summary>
    MySql,

    /// <summary>PostgreSQL 13 or newer.</summary>
    PostgreSql,
}
