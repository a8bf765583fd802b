using System.Text;
using System.Text.RegularExpressions;
using Outrider.Protocol.Secrets;

namespace Outrider.Api.Operations;

/// <summary>
/// Masks secrets that callers wrote into what they asked for: what <see cref="SecretRedactor"/> knows, and beyond it tokens, arguments
/// of programs and passwords in SQL. Whoever follows <c>docs/tasks.md</c> never sends any; this is for who doesn't.
/// </summary>
internal static class SecretText
{
    private const string Mask = "***";

    // What never goes back: a caller who makes up the text can't make it take long.
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary><c>Bearer x</c> outside a header.</summary>
    private static readonly Regex s_bearer = new("""(\bbearer\s+)[^\s"',;]+""", Options);

    /// <summary><c>token=x</c>, <c>"pwd": "x"</c>: what no column of a database is masked for.</summary>
    private static readonly Regex s_setting = new("""((?:token|pwd|passphrase)["']?\s*[:=]\s*["']?)[^\s"',;&)}]+""", Options);

    /// <summary><c>--password x</c>.</summary>
    private static readonly Regex s_argument = new(
        """((?:^|[^\w-])--?[\w-]*(?:password|passwd|passphrase|secret|token|api-?key)[\w-]*\s+)[^\s-]\S*""", Options);

    /// <summary><c>curl -u user:x</c>, and <c>-px</c> of MySQL's programs.</summary>
    private static readonly Regex s_login = new(
        """(\bcurl\b[^|;\n]*?\s(?:-u|--user)[\s=]*[^\s:]+:|\b(?:mysql|mariadb)[a-z-]*\b[^|;\n]*?\s-p)\S+""", Options);

    /// <summary><c>IDENTIFIED BY 'x'</c>, <c>PASSWORD('x')</c>.</summary>
    private static readonly Regex s_identified = new(
        """(\bidentified\s+(?:with\s+\S+\s+)?(?:by|as)\s+(?:password\s+)?|\bpassword\s*\(\s*)(?:'(?:[^'\\]|\\.|'')*'?|"(?:[^"\\]|\\.|"")*"?)""",
        Options);

    /// <summary>The text without its secrets. Takes time in proportion to its length.</summary>
    public static string Redact(string text)
    {
        text = SecretRedactor.Redact(Encoding.UTF8.GetBytes(text)) is { } redacted ? Encoding.UTF8.GetString(redacted) : text;
        foreach (var secret in new[] { s_bearer, s_setting, s_argument, s_login })
            text = secret.Replace(text, $"$1{Mask}");
        return s_identified.Replace(text, $"$1'{Mask}'");
    }
}
