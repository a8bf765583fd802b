using System.Buffers;
using System.Globalization;

namespace Outrider.Agent.Policy.Commands;

/// <summary>Hosts as they stand in arguments. Only forms that every program reads alike: no user, no escapes, no number that is an address in disguise.</summary>
internal static class HostArgument
{
    private static readonly SearchValues<char> s_host = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> s_rest =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?=&%+,:");

    /// <summary>Whether a policy may say it: a host, or <c>*.domain</c>.</summary>
    public static bool IsPattern(string pattern) => IsHost(pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern[2..] : pattern);

    /// <summary>Whether the argument is <c>host</c>, <c>host:port</c> or an http(s) address of a host that a pattern names.</summary>
    public static bool Matches(string argument, IEnumerable<string> patterns) =>
        Host(argument) is { } host && patterns.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && host.Length >= pattern.Length
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase));

    private static string? Host(string argument)
    {
        var text = argument;
        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            text = text[7..];
        else if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            text = text[8..];
        var isAddress = text.Length < argument.Length;
        var end = isAddress ? text.AsSpan().IndexOfAny('/', '?') : -1;
        var authority = end < 0 ? text : text[..end];
        if (end >= 0 && text.AsSpan(end).ContainsAnyExcept(s_rest))
            return null;
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var host = colon < 0 ? authority : authority[..colon];
        var port = colon < 0 ? null : authority[(colon + 1)..];
        return IsHost(host) && (port is null || int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536)
            ? host
            : null;
    }

    private static bool IsHost(string host) =>
        host.Length is > 0 and <= 253 && !host.ToLowerInvariant().AsSpan().ContainsAnyExcept(s_host) && host[0] is not ('.' or '-');
}
