using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// One line of <c>outrider-agent sql check</c>: a JSON string in, a JSON object with the verdict out. The string is
/// decoded here because System.Text.Json refuses lone surrogates, which the guard itself must judge.
/// </summary>
public static class SqlCheckLine
{
    // An escaped character takes six.
    private const int MaxLineLength = (6 * SqlGuard.MaxLength) + 1024;

    /// <summary>Answers <c>{"allowed":…,"form":…,"rule":…,"at":…}</c>; <c>at</c> counts UTF-16 units of the decoded string.</summary>
    public static string Answer(string jsonLine, GuardPolicy? policy = null)
    {
        if (jsonLine.Length > MaxLineLength)
            return Write(SqlVerdict.Refuse(GuardRules.TooLong, SqlGuard.MaxLength, ""));
        return Write(TryDecode(jsonLine, out var sql) ? SqlGuard.Check(sql, policy) : SqlVerdict.Refuse(GuardRules.BadInput, 0, ""));
    }

    private static string Write(SqlVerdict verdict)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("allowed", verdict.Allowed);
            writer.WriteString("form", verdict.Form);
            writer.WriteString("rule", verdict.Rule);
            if (verdict.At is { } at)
                writer.WriteNumber("at", at);
            else
                writer.WriteNull("at");
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Decodes a JSON string (RFC 8259, section 7) with nothing but whitespace around it.</summary>
    private static bool TryDecode(string line, out string text)
    {
        text = "";
        var json = line.AsSpan().Trim(" \t\r\n");
        if (json.Length < 2 || json[0] != '"' || json[^1] != '"')
            return false;
        json = json[1..^1];
        var decoded = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] is '"' or < ' ')
                return false;
            if (json[i] != '\\')
            {
                decoded.Append(json[i]);
                continue;
            }
            if (++i == json.Length)
                return false;
            if (json[i] == 'u')
            {
                if (i + 4 >= json.Length || !ushort.TryParse(json.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
                    return false;
                decoded.Append((char)unit);
                i += 4;
            }
            else if (Unescape(json[i]) is { } character)
                decoded.Append(character);
            else
                return false;
        }
        text = decoded.ToString();
        return true;
    }

    private static char? Unescape(char escape) => escape switch
    {
        '"' or '\\' or '/' => escape,
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => null,
    };
}
