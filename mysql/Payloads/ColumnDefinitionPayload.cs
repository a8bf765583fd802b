using Outrider.MySql.Protocol;

namespace Outrider.MySql.Payloads;

/// <summary>
/// One column of a result.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html
/// </summary>
public sealed record ColumnDefinitionPayload
{
    private const int FixedBytes = 0x0c;

    /// <summary>Database of the table, or empty.</summary>
    public string Schema { get; init; } = "";

    /// <summary>Table as named in the statement, or empty.</summary>
    public string Table { get; init; } = "";

    /// <summary>The table's own name, or empty.</summary>
    public string OriginalTable { get; init; } = "";

    /// <summary>Column as named in the statement.</summary>
    public required string Name { get; init; }

    /// <summary>The column's own name, or empty.</summary>
    public string OriginalName { get; init; } = "";

    /// <summary>Collation number; <see cref="CharacterSets.Binary"/> for what is not text.</summary>
    public ushort CharacterSet { get; init; } = CharacterSets.Utf8Mb4;

    /// <summary>Display width, in bytes.</summary>
    public uint Length { get; init; }

    /// <summary>Type of the values.</summary>
    public ColumnType Type { get; init; } = ColumnType.VarString;

    /// <summary>Flags of the column.</summary>
    public ColumnFlags Flags { get; init; }

    /// <summary>Digits after the decimal point; 0x1f where that varies.</summary>
    public byte Decimals { get; init; }

    /// <summary>Reads the payload; false when it is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ColumnDefinitionPayload value)
    {
        value = null!;
        var reader = new PayloadReader(payload);
        if (!reader.TryReadLengthEncodedBytes(out _)
            || !reader.TryReadLengthEncodedText(out var schema)
            || !reader.TryReadLengthEncodedText(out var table)
            || !reader.TryReadLengthEncodedText(out var originalTable)
            || !reader.TryReadLengthEncodedText(out var name)
            || !reader.TryReadLengthEncodedText(out var originalName)
            || !reader.TryReadLengthEncodedInteger(out var fixedBytes) || fixedBytes < FixedBytes - 2
            || !reader.TryReadUInt16(out var characterSet)
            || !reader.TryReadUInt32(out var length)
            || !reader.TryReadByte(out var type)
            || !reader.TryReadUInt16(out var flags)
            || !reader.TryReadByte(out var decimals))
            return false;
        value = new()
        {
            Schema = schema,
            Table = table,
            OriginalTable = originalTable,
            Name = name,
            OriginalName = originalName,
            CharacterSet = characterSet,
            Length = length,
            Type = (ColumnType)type,
            Flags = (ColumnFlags)flags,
            Decimals = decimals,
        };
        return true;
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer) => writer
        .WriteLengthEncodedText("def")
        .WriteLengthEncodedText(Schema)
        .WriteLengthEncodedText(Table)
        .WriteLengthEncodedText(OriginalTable)
        .WriteLengthEncodedText(Name)
        .WriteLengthEncodedText(OriginalName)
        .WriteLengthEncodedInteger(FixedBytes)
        .WriteUInt16(CharacterSet)
        .WriteUInt32(Length)
        .WriteByte((byte)Type)
        .WriteUInt16((ushort)Flags)
        .WriteByte(Decimals)
        .WriteZeros(2);
}
