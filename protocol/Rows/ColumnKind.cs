namespace Outrider.Protocol.Rows;

/// <summary>How the text of a column's cells is to be read. The numbers are part of the row-set format.</summary>
public enum ColumnKind
{
    /// <summary>Text; also every type this list doesn't name.</summary>
    Text = 0,

    /// <summary>An integer of at most 32 bits: exact as a JSON number.</summary>
    Int32 = 1,

    /// <summary>A wider integer (64 or 128 bits): a JSON string, because JSON readers round it above 2^53.</summary>
    Int64 = 2,

    /// <summary>A fixed-point number: a JSON string, for the same reason.</summary>
    Decimal = 3,

    /// <summary>FLOAT or DOUBLE: a JSON number where it is finite.</summary>
    Double = 4,

    /// <summary>yyyy-MM-dd.</summary>
    Date = 5,

    /// <summary>yyyy-MM-dd HH:mm:ss[.ffffff], in the database's own zone.</summary>
    DateTime = 6,

    /// <summary>[-]hh:mm:ss[.ffffff].</summary>
    Time = 7,

    /// <summary>Bytes that need not be text: a JSON string of base64.</summary>
    Binary = 8,

    /// <summary>JSON text.</summary>
    Json = 9,
}
