using System.Buffers;
using System.Text;
using Outrider.Protocol.Secrets;

namespace Outrider.Agent.Collectors.Processes;

/// <summary>
/// A command line as it may be shown: arguments apart by blanks, and the secrets among them masked. Secrets stay on the agent's machine,
/// but programs are given them as arguments all the same: <c>--password=x</c>, <c>--api-token x</c>, <c>PGPASSWORD=x</c>,
/// <c>https://user:x@host</c>, and <c>-px</c> of MySQL's programs.
/// </summary>
internal static class CommandLine
{
    private const string Mask = "***";

    private static readonly SearchValues<char> s_authorityEnds = SearchValues.Create("/?# \"'");
    private static readonly string[] s_shortPassword = ["mysql", "mariadb", "mysqldump", "mysqladmin", "mariadb-dump", "mariadb-admin"];

    /// <summary>Reads <c>/proc/PID/cmdline</c>, whose arguments end in a zero byte. Null: it has none, as a kernel thread.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="maxBytes">Longest text.</param>
    public static string? Read(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        bytes = bytes.TrimEnd((byte)0);
        if (bytes.IsEmpty)
            return null;
        var text = new StringBuilder();
        var program = "";
        var masked = false;
        foreach (var range in bytes.Split((byte)0))
        {
            if (text.Length > maxBytes)
                break;
            // A mask needs to see the end of what it hides, or nothing of it.
            var argument = Utf8Text.Clip(bytes[range], 4 * maxBytes);
            if (program.Length == 0)
                program = argument[(argument.LastIndexOf('/') + 1)..];
            if (text.Length > 0)
                text.Append(' ');
            text.Append(masked ? Mask : Shown(argument, program));
            masked = !masked && AnnouncesSecret(argument);
        }
        return Utf8Text.Clip(text.ToString(), maxBytes);
    }

    /// <summary>Whether the argument after this one is a secret: <c>--password</c>.</summary>
    private static bool AnnouncesSecret(string argument) =>
        argument.StartsWith('-') && !argument.Contains('=', StringComparison.Ordinal) && IsSecretName(argument);

    private static string Shown(string argument, string program)
    {
        if (argument.StartsWith("-p", StringComparison.Ordinal) && argument.Length > 2 && s_shortPassword.Contains(program))
            return "-p" + Mask;
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && IsSecretName(argument.AsSpan(0, equals)))
            return argument[..(equals + 1)] + Mask;
        return WithoutUserInfo(argument);
    }

    private static bool IsSecretName(ReadOnlySpan<char> name)
    {
        name = name.TrimStart('-');
        if (name.Length > 128)
            name = name[^128..];
        if (name.Contains("token", StringComparison.OrdinalIgnoreCase) || name.Contains("apikey", StringComparison.OrdinalIgnoreCase)
            || name.Contains("api-key", StringComparison.OrdinalIgnoreCase) || name.Contains("api_key", StringComparison.OrdinalIgnoreCase)
            || name.Equals("pass", StringComparison.OrdinalIgnoreCase) || name.Equals("pwd", StringComparison.OrdinalIgnoreCase))
            return true;
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(name.Length)];
        var length = Encoding.UTF8.GetBytes(name, bytes);
        return SecretRedactor.IsSecretName(bytes[..Math.Min(length, 128)]);
    }

    /// <summary>Masks the password of every address in the argument (RFC 3986, section 3.2.1).</summary>
    private static string WithoutUserInfo(string argument)
    {
        for (var at = 0; argument.IndexOf("://", at, StringComparison.Ordinal) is >= 0 and var scheme; at = scheme + 3)
        {
            var start = scheme + 3;
            var length = argument.AsSpan(start).IndexOfAny(s_authorityEnds);
            var authority = length < 0 ? argument.AsSpan(start) : argument.AsSpan(start, length);
            int user = authority.LastIndexOf('@'), colon = authority.IndexOf(':');
            if (colon >= 0 && colon < user)
                argument = string.Concat(argument.AsSpan(0, start + colon + 1), Mask, argument.AsSpan(start + user));
        }
        return argument;
    }
}
