namespace Outrider.Agent.Statements;

/// <summary>Whose SQL a text is.</summary>
internal enum SqlDialect
{
    /// <summary>MySQL and MariaDB.</summary>
    MySql,

    /// <summary>Doris, and StarRocks where it is written to.</summary>
    Doris,

    Postgres,

    ClickHouse,
}
