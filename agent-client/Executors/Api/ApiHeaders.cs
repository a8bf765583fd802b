using System.Buffers;

namespace Outrider.Agent.Executors.Api;

/// <summary>Which request headers a task may set: none by which two servers on the way could read one request as two, or as another one.</summary>
internal static class ApiHeaders
{
    private const int MaxCount = 64;
    private const int MaxLength = 8 * 1024;

    private static readonly SearchValues<char> s_token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The client sets these itself, they are for the next machine only, or they put another method or host in the place of the one checked.</summary>
    private static readonly HashSet<string> s_refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "TE", "Trailer", "Upgrade", "Expect", "HTTP2-Settings",
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded",
    };

    /// <summary>What is wrong with them, without a value; null: nothing.</summary>
    public static string? Fault(IReadOnlyDictionary<string, string?> headers)
    {
        if (headers.Count > MaxCount)
            return $"there are more than {MaxCount} headers";
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            if (name.Length is 0 or > 256 || name.AsSpan().ContainsAnyExcept(s_token))
                return "a header's name is not a token";
            if (s_refused.Contains(name) || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase))
                return $"the header {name} can't be set by a task";
            if (!seen.Add(name))
                return $"the header {name} is there twice";
            if (value is null || value.Length > MaxLength || value.Any(c => c is not ('\t' or (>= ' ' and <= '~'))))
                return $"the header {name} has no value, is longer than {MaxLength} characters, or has a line break, control character or letter outside of ASCII";
        }
        return null;
    }

    /// <summary>Headers that say nothing about who asks: the only ones that go along to another server.</summary>
    public static bool IsHarmless(string name) =>
        name.StartsWith("Accept", StringComparison.OrdinalIgnoreCase) || name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);
}
