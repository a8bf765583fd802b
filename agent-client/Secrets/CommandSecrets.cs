using System.Buffers;
using System.Text;
using Outrider.Protocol.Secrets;

namespace Outrider.Agent.Secrets;

/// <summary>
/// Masks the secrets among a command's words. Secrets stay on the agent's machine, but programs are given them as arguments all the same:
/// <c>--password=x</c>, <c>--api-token x</c>, <c>PGPASSWORD=x</c>, <c>https://user:x@host</c>, <c>Authorization: Bearer x</c>, and
/// <c>-px</c> of MySQL's programs or <c>-u user:x</c> of curl. One for each command; takes its words in order, the program first.
/// </summary>
internal sealed class CommandSecrets
{
    public const string Mask = "***";

    private static readonly SearchValues<char> s_authorityEnds = SearchValues.Create("/?# \"'");
    private static readonly string[] s_shortPassword = ["mysql", "mariadb", "mysqldump", "mysqladmin", "mariadb-dump", "mariadb-admin"];
    private static readonly (string Program, string Option)[] s_announcing =
        [("curl", "-u"), ("curl", "--user"), ("curl", "--proxy-user"), ("sshpass", "-p"), ("redis-cli", "-a"), ("mongosh", "-p"), ("mongo", "-p"), ("ldapsearch", "-w")];

    private readonly List<string> _programs = [];
    private bool _masked;

    /// <summary>All the words, masked.</summary>
    public static IEnumerable<string> Masked(IEnumerable<string> words)
    {
        var secrets = new CommandSecrets();
        foreach (var word in words)
            yield return secrets.Next(word);
    }

    /// <summary>The next word as it may be shown.</summary>
    public string Next(string word)
    {
        var shown = _masked ? Mask : Shown(word);
        _masked = !_masked && Announces(word);
        // Behind a word that runs another program stands that one's name.
        if (!word.StartsWith('-'))
            _programs.Add(word[(word.LastIndexOf('/') + 1)..]);
        return shown;
    }

    /// <summary>Whether a setting of this name holds a secret.</summary>
    public static bool IsSecretName(ReadOnlySpan<char> name)
    {
        name = name.TrimStart('-');
        if (name.Length > 128)
            name = name[^128..];
        if (name.Contains("token", StringComparison.OrdinalIgnoreCase) || name.Contains("apikey", StringComparison.OrdinalIgnoreCase)
            || name.Contains("api-key", StringComparison.OrdinalIgnoreCase) || name.Contains("api_key", StringComparison.OrdinalIgnoreCase)
            || name.Equals("pass", StringComparison.OrdinalIgnoreCase) || name.Equals("pwd", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("_pwd", StringComparison.OrdinalIgnoreCase) || name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase))
            return true;
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(name.Length)];
        var length = Encoding.UTF8.GetBytes(name, bytes);
        return SecretRedactor.IsSecretName(bytes[..Math.Min(length, 128)]);
    }

    /// <summary>Whether the word after this one is a secret: <c>--password</c>.</summary>
    private bool Announces(string word) =>
        word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal)
        && (IsSecretName(word) || s_announcing.Any(known => known.Option == word && _programs.Contains(known.Program)));

    private string Shown(string word)
    {
        if (word.StartsWith("-p", StringComparison.Ordinal) && word.Length > 2 && s_shortPassword.Any(_programs.Contains))
            return "-p" + Mask;
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && IsSecretName(word.AsSpan(0, equals)))
            return word[..(equals + 1)] + Mask;
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && colon + 1 < word.Length && word[colon + 1] == ' ' && IsSecretName(word.AsSpan(0, colon)))
            return word[..(colon + 2)] + Mask;
        return WithoutUserInfo(word);
    }

    /// <summary>Masks the password of every address in the word (RFC 3986, section 3.2.1).</summary>
    private static string WithoutUserInfo(string word)
    {
        for (var at = 0; word.IndexOf("://", at, StringComparison.Ordinal) is >= 0 and var scheme; at = scheme + 3)
        {
            var start = scheme + 3;
            var length = word.AsSpan(start).IndexOfAny(s_authorityEnds);
            var authority = length < 0 ? word.AsSpan(start) : word.AsSpan(start, length);
            int user = authority.LastIndexOf('@'), colon = authority.IndexOf(':');
            if (colon >= 0 && colon < user)
                word = string.Concat(word.AsSpan(0, start + colon + 1), Mask, word.AsSpan(start + user));
        }
        return word;
    }
}
