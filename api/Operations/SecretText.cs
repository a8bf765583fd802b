using System.Text;
using System.Text.RegularExpressions;
using Outrider.Protocol.Secrets;

namespace Outrider.Api.Operations;

/// <summary>
/// Masks secrets that callers wrote into what they asked for: values of settings that are named like secrets, tokens and logins of
/// headers, arguments of programs, addresses with a password, and passwords in SQL. Whoever follows <c>docs/tasks.md</c> never sends
/// any; this is for who doesn't.
/// </summary>
internal static partial class SecretText
{
    private const string Mask = "***";

    /// <summary>The text without its secrets. Takes time in proportion to its length.</summary>
    public static string Redact(string text)
    {
        text = Scheme().Replace(text, $"$1{Mask}");
        text = Setting().Replace(text, $"$1{Mask}");
        text = Argument().Replace(text, $"$1{Mask}");
        text = UserInfo().Replace(text, $"$1{Mask}@");
        text = Login().Replace(text, $"$1{Mask}");
        text = Identified().Replace(text, $"$1'{Mask}'");
        return SecretRedactor.Redact(Encoding.UTF8.GetBytes(text)) is { } redacted ? Encoding.UTF8.GetString(redacted) : text;
    }

    /// <summary><c>Authorization: Bearer x</c>, or <c>Bearer x</c> alone.</summary>
    [GeneratedRegex("""(\bauthorization["']?\s*[:=]\s*["']?(?:[a-z]+\s+)?|\bbearer\s+)[^\s"',;]+""", Options)]
    private static partial Regex Scheme();

    /// <summary><c>token=x</c>, <c>"api_key": "x"</c>: what no column of a database is masked for.</summary>
    [GeneratedRegex("""(\b[\w.-]*(?:token|api[_-]?key|pwd|passphrase)["']?\s*[:=]\s*["']?)[^\s"',;&)}]+""", Options)]
    private static partial Regex Setting();

    /// <summary><c>--password x</c>.</summary>
    [GeneratedRegex("""((?<![\w-])--?[\w-]*(?:password|passwd|passphrase|secret|token|api-?key)[\w-]*\s+)(?!-)[^\s]+""", Options)]
    private static partial Regex Argument();

    /// <summary><c>https://user:x@host</c> (RFC 3986, section 3.2.1).</summary>
    [GeneratedRegex("""(://[^\s/?#"':@]*:)[^\s/?#"']*@""", Options)]
    private static partial Regex UserInfo();

    /// <summary><c>curl -u user:x</c>, and <c>-px</c> of MySQL's programs.</summary>
    [GeneratedRegex("""(\bcurl\b[^|;\n]*?\s(?:-u|--user)[\s=]*[^\s:]+:|\b(?:mysql|mariadb)[a-z-]*\b[^|;\n]*?\s-p)[^\s]+""", Options)]
    private static partial Regex Login();

    /// <summary><c>IDENTIFIED BY 'x'</c>, <c>PASSWORD('x')</c>.</summary>
    [GeneratedRegex("""(\bidentified\s+(?:with\s+\S+\s+)?(?:by|as)\s+(?:password\s+)?|\bpassword\s*\(\s*)(?:'(?:[^'\\]|\\.|'')*'?|"(?:[^"\\]|\\.|"")*"?)""", Options)]
    private static partial Regex Identified();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
}
