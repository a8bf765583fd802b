using System.Net;
using System.Net.Sockets;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy.Hosts;

/// <summary>
/// A host in the one form in which it is compared: a name in lower-case ASCII without a dot at its end, or an address. What programs read
/// in different ways (<c>127.1</c>, <c>0x7f000001</c>, letters that only look alike, zones) is no host.
/// </summary>
/// <param name="Text">The name; of an address, its standard form.</param>
/// <param name="Address">The address; null: it is a name.</param>
public sealed record HostName(string Text, IPAddress? Address)
{
    private const int MaxLength = 253;
    private const int MaxLabel = 63;

    /// <summary>Reads one; an IPv6 address may stand in brackets. <c>invalid_argument</c>.</summary>
    public static Outcome<HostName> Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength + 1)
            return Fault(text, "it is empty or too long");
        if (text.Contains(':', StringComparison.Ordinal))
            return ParseV6(text);
        var name = (text[^1] == '.' ? text[..^1] : text).ToLowerInvariant();
        if (!text.All(char.IsAscii))
            return Fault(text, "it has letters outside of ASCII, which may only look like others; write it as xn--… if it is meant");
        var labels = name.Split('.');
        if (!labels.All(IsLabel))
            return Fault(text, "a name is made of letters, digits, '-' and '_', in parts of 1 to 63 between dots");
        // As browsers have it: what ends in a number is an address, and here it must be written as everybody reads it.
        if (!labels[^1].All(char.IsAsciiDigit) && !labels[^1].StartsWith("0x", StringComparison.Ordinal))
            return new HostName(name, null);
        return IPAddress.TryParse(name, out var address) && address.ToString() == name
            ? new HostName(name, address)
            : Fault(text, "an IPv4 address is four decimal numbers, such as 10.1.2.3");
    }

    private static Outcome<HostName> ParseV6(string text)
    {
        var inner = text[0] == '[' && text[^1] == ']' ? text[1..^1] : text;
        return inner.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')
            && IPAddress.TryParse(inner, out var address) && address.AddressFamily is AddressFamily.InterNetworkV6
            ? new HostName(address.ToString(), address)
            : Fault(text, "an IPv6 address is hexadecimal digits and colons, without a zone");
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static Problem Fault(string? text, string why) =>
        new(ProblemCodes.InvalidArgument, $"'{text}' can't be a host: {why}.");
}
