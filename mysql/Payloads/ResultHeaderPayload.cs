namespace Outrider.MySql.Payloads;

/// <summary>
/// The number of columns, the first packet of a result.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset.html
/// </summary>
/// <param name="ColumnCount">1 to <see cref="MaxColumns"/>.</param>
public readonly record struct ResultHeaderPayload(int ColumnCount)
{
    /// <summary>MySQL's own limit for a table. https://dev.mysql.com/doc/refman/8.4/en/column-count-limit.html</summary>
    public const int MaxColumns = 4096;

    /// <summary>Reads the payload; false when it is malformed or the number is out of range.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ResultHeaderPayload value)
    {
        value = default;
        var reader = new PayloadReader(payload);
        if (!reader.TryReadLengthEncodedInteger(out var count) || count is 0 or > MaxColumns || !reader.IsAtEnd)
            return false;
        value = new((int)count);
        return true;
    }

    /// <summary>Appends the payload.</summary>
    public void Write(PayloadWriter writer) => writer.WriteLengthEncodedInteger((ulong)ColumnCount);
}
