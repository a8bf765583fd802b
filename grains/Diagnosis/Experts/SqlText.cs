using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>
/// SQL written as an interpolated string, whose holes are values: text becomes a quoted literal, numbers digits, and nothing else
/// compiles. So no argument can become syntax: <c>SqlText sql = $"SHOW PROC {path}";</c>
/// </summary>
[InterpolatedStringHandler]
public sealed class SqlText(int literalLength, int formattedCount)
{
    private readonly StringBuilder _sql = new(literalLength + (16 * formattedCount));

    public void AppendLiteral(string sql) => _sql.Append(sql);

    /// <summary>A text literal: quote and backslash are doubled, the two characters that mean something inside StarRocks' quotes.</summary>
    public void AppendFormatted(string text)
    {
        _sql.Append('\'');
        foreach (var c in text)
        {
            if (c is '\'' or '\\')
                _sql.Append(c);
            _sql.Append(c);
        }
        _sql.Append('\'');
    }

    public void AppendFormatted(long number) => _sql.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A part that is SQL already. An interpolated string right in a hole is one too: name it first if it is text.</summary>
    public void AppendFormatted(SqlText part) => _sql.Append(part._sql);

    public override string ToString() => _sql.ToString();
}
