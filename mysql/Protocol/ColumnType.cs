namespace Outrider.MySql.Protocol;

/// <summary>Type of a result column. https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html</summary>
public enum ColumnType : byte
{
    /// <summary>DECIMAL before MySQL 5.0.</summary>
    Decimal = 0,

    /// <summary>TINYINT, BOOLEAN.</summary>
    Tiny = 1,

    /// <summary>SMALLINT.</summary>
    Short = 2,

    /// <summary>INT.</summary>
    Long = 3,

    /// <summary>FLOAT.</summary>
    Float = 4,

    /// <summary>DOUBLE.</summary>
    Double = 5,

    /// <summary>NULL.</summary>
    Null = 6,

    /// <summary>TIMESTAMP.</summary>
    Timestamp = 7,

    /// <summary>BIGINT.</summary>
    LongLong = 8,

    /// <summary>MEDIUMINT.</summary>
    Int24 = 9,

    /// <summary>DATE.</summary>
    Date = 10,

    /// <summary>TIME.</summary>
    Time = 11,

    /// <summary>DATETIME.</summary>
    DateTime = 12,

    /// <summary>YEAR.</summary>
    Year = 13,

    /// <summary>VARCHAR as stored; on the wire servers send <see cref="VarString"/>.</summary>
    VarChar = 15,

    /// <summary>BIT.</summary>
    Bit = 16,

    /// <summary>JSON.</summary>
    Json = 245,

    /// <summary>DECIMAL.</summary>
    NewDecimal = 246,

    /// <summary>ENUM.</summary>
    Enum = 247,

    /// <summary>SET.</summary>
    Set = 248,

    /// <summary>TINYBLOB, TINYTEXT.</summary>
    TinyBlob = 249,

    /// <summary>MEDIUMBLOB, MEDIUMTEXT.</summary>
    MediumBlob = 250,

    /// <summary>LONGBLOB, LONGTEXT.</summary>
    LongBlob = 251,

    /// <summary>BLOB, TEXT.</summary>
    Blob = 252,

    /// <summary>VARCHAR, VARBINARY.</summary>
    VarString = 253,

    /// <summary>CHAR, BINARY; StarRocks sends it for CHAR, LARGEINT and complex types too.</summary>
    String = 254,

    /// <summary>GEOMETRY.</summary>
    Geometry = 255,
}
