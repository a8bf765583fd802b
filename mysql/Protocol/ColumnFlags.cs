namespace Outrider.MySql.Protocol;

/// <summary>Flags of a result column. https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__column__definition__flags.html</summary>
[Flags]
public enum ColumnFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>NOT NULL.</summary>
    NotNull = 1,

    /// <summary>Part of the primary key.</summary>
    PrimaryKey = 2,

    /// <summary>Part of a unique key.</summary>
    UniqueKey = 4,

    /// <summary>Part of a key that is not unique.</summary>
    MultipleKey = 8,

    /// <summary>BLOB or TEXT.</summary>
    Blob = 16,

    /// <summary>UNSIGNED.</summary>
    Unsigned = 32,

    /// <summary>ZEROFILL.</summary>
    ZeroFill = 64,

    /// <summary>Binary collation.</summary>
    Binary = 128,

    /// <summary>ENUM.</summary>
    Enum = 256,

    /// <summary>AUTO_INCREMENT.</summary>
    AutoIncrement = 512,

    /// <summary>TIMESTAMP.</summary>
    Timestamp = 1024,

    /// <summary>SET.</summary>
    Set = 2048,

    /// <summary>Has no default value.</summary>
    NoDefaultValue = 4096,

    /// <summary>Set to the current time on update.</summary>
    OnUpdateNow = 8192,

    /// <summary>A number.</summary>
    Number = 32768,
}
