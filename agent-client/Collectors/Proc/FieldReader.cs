using System.Buffers.Text;

namespace Outrider.Agent.Collectors.Proc;

/// <summary>Goes through the fields of a line, which blanks part.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>The next field; empty at the line's end.</summary>
    public ReadOnlySpan<byte> Next()
    {
        var start = _rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (start < 0)
        {
            _rest = default;
            return default;
        }
        var length = _rest[start..].IndexOfAny((byte)' ', (byte)'\t');
        var end = length < 0 ? _rest.Length : start + length;
        var field = _rest[start..end];
        _rest = _rest[end..];
        return field;
    }

    public void Skip(int fields)
    {
        while (fields-- > 0)
            Next();
    }

    /// <summary>The next field as a whole number; null when it is none.</summary>
    public ulong? Unsigned() =>
        Next() is var field && Utf8Parser.TryParse(field, out ulong value, out var used) && used == field.Length ? value : null;

    /// <summary>The next field as a number with decimals; null when it is none.</summary>
    public double? Number() =>
        Next() is var field && Utf8Parser.TryParse(field, out double value, out var used) && used == field.Length && double.IsFinite(value) ? value : null;
}
