using Outrider.Agent.Policy.Hosts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Http;

/// <summary>
/// Reads URLs that come from far away. Programs don't agree on odd ones, and what one checks another may connect to elsewhere; so the host
/// is read here, strictly, and the URL is only taken if the platform reads the same one.
/// </summary>
internal static class HttpUrl
{
    private const int MaxLength = 8 * 1024;

    /// <summary><c>invalid_argument</c> says what is wrong, without the URL, which may hold a secret.</summary>
    public static Outcome<Uri> Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
            return Fault($"give one of 1 to {MaxLength} characters");
        if (text.Any(c => c is <= ' ' or >= '\x7f' or '\\'))
            return Fault("it has a blank, a control character, a backslash or a letter outside of ASCII; write it percent-encoded");
        var start = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https://".Length
            : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "http://".Length
            : 0;
        if (start == 0)
            return Fault("it must begin with http:// or https://");
        if (text.Contains('#', StringComparison.Ordinal))
            return Fault("a fragment (#…) is not sent; leave it out");
        var end = text.AsSpan(start).IndexOfAny('/', '?');
        var authority = end < 0 ? text[start..] : text.Substring(start, end);
        if (authority.Contains('@', StringComparison.Ordinal))
            return Fault("credentials don't belong into it; use the header Authorization with a reference to a secret");
        return Uri.TryCreate(text, UriKind.Absolute, out var url) ? Same(authority, url) : Fault("it is none");
    }

    /// <summary>Whether a redirect or a setting leads to the same scheme, host and port.</summary>
    public static bool SameOrigin(Uri one, Uri other) => one.Scheme == other.Scheme && one.IdnHost == other.IdnHost && one.Port == other.Port;

    private static Outcome<Uri> Same(string authority, Uri url)
    {
        var colon = authority.LastIndexOf(':') is var last && last > authority.LastIndexOf(']') ? last : -1;
        var port = url.Scheme == Uri.UriSchemeHttps ? 443 : 80;
        if (colon >= 0 && !HostPattern.TryReadPort(authority.AsSpan(colon + 1), out port))
            return Fault("its port isn't a number from 1 to 65535");
        var host = colon < 0 ? authority : authority[..colon];
        if (host.Contains(':', StringComparison.Ordinal) && host[0] != '[')
            return Fault("an IPv6 address stands in brackets");
        var ours = HostName.Parse(host);
        if (!ours.Ok)
            return ours.Problem;
        var theirs = HostName.Parse(url.IdnHost);
        return ours.Value == theirs.Value && url.Port == port && url.UserInfo.Length == 0
            ? url
            : Fault("its host can be read in more than one way");
    }

    private static Problem Fault(string why) => new(ProblemCodes.InvalidArgument, $"The url can't be used: {why}.");
}
