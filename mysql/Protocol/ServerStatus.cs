namespace Outrider.MySql.Protocol;

/// <summary>Server status in OK and EOF. https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html</summary>
[Flags]
public enum ServerStatus : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>A transaction is open.</summary>
    InTransaction = 1,

    /// <summary>Autocommit is on.</summary>
    AutoCommit = 2,

    /// <summary>Another result follows. Refused by this library, which never asks for several.</summary>
    MoreResultsExist = 8,
}
