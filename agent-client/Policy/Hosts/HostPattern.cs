using System.Globalization;
using System.Net;
using Outrider.Protocol.Hosts;

namespace Outrider.Agent.Policy.Hosts;

/// <summary>A <see cref="HostEntry"/>, read: names or a range of addresses, on one port or on all.</summary>
internal sealed record HostPattern
{
    /// <summary>A name, or with a dot before it all names below it; null: it is a range.</summary>
    private string? Name { get; init; }

    private IPNetwork Network { get; init; }

    private int? Port { get; init; }

    /// <summary>Whether the name may mean private addresses.</summary>
    public bool Private { get; private init; }

    /// <summary>Whether it lists this name itself or a name above it.</summary>
    public bool Fits(string name, int port) => Name is not null && IsPort(port)
        && (Name[0] == '.' ? name.EndsWith(Name, StringComparison.Ordinal) : name == Name);

    /// <summary>Whether it lists this address.</summary>
    public bool Fits(IPAddress address, int port) => Name is null && IsPort(port) && Network.Contains(AddressKinds.Meant(address));

    /// <summary>Reads one; null, and what is wrong, when it can't be.</summary>
    public static HostPattern? Parse(HostEntry entry, out string? fault)
    {
        fault = null;
        var text = entry.Host;
        if (text.StartsWith('[') ? text.IndexOf(':', text.LastIndexOf(']') + 1) is >= 0 and var colon : (colon = text.LastIndexOf(':')) >= 0)
        {
            if (!TryReadPort(text.AsSpan(colon + 1), out var port))
                return Fault(out fault, "its port isn't 1 to 65535 (an IPv6 address stands in brackets)");
            return Parse(entry with { Host = text[..colon] }, out fault) is { } pattern ? pattern with { Port = port } : null;
        }
        if (text.Contains('/', StringComparison.Ordinal))
            return Range(text, entry.Private, out fault);
        var below = text.StartsWith("*.", StringComparison.Ordinal);
        var host = HostName.Parse(below ? text[2..] : text);
        if (!host.Ok)
            return Fault(out fault, host.Problem.Message.TrimEnd('.'));
        if (host.Value.Address is { } address)
            return below ? Fault(out fault, "no name is below an address") : Range(AddressKinds.Meant(address), null, entry.Private, out fault);
        if (below && entry.Private)
            return Fault(out fault, "private is for one name; list the range of addresses instead");
        return new HostPattern { Name = below ? "." + host.Value.Text : host.Value.Text, Private = entry.Private };
    }

    /// <summary>Reads a port: digits only, 1 to 65535.</summary>
    public static bool TryReadPort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;

    private static HostPattern? Range(string text, bool isPrivate, out string? fault)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return HostName.Parse(text[..slash]).Value?.Address is { } address
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? Range(address, length, isPrivate, out fault)
            : Fault(out fault, "a range is an address, '/' and a number of bits, such as 10.1.0.0/16 or [fd00::]/8");
    }

    private static HostPattern? Range(IPAddress address, int? length, bool isPrivate, out string? fault)
    {
        fault = null;
        if (isPrivate)
            return Fault(out fault, "private is for a name; a range says itself what it holds");
        if (length == 0)
            return Fault(out fault, "a range of all addresses lists nothing");
        if (AddressKinds.Of(address) is AddressKind.Never)
            return Fault(out fault, "link-local and metadata addresses are never connected to");
        return IPNetwork.TryParse($"{address}/{length ?? address.GetAddressBytes().Length * 8}", out var network) && network.BaseAddress.Equals(address)
            ? new HostPattern { Network = network }
            : Fault(out fault, "the bits behind the range's length must be 0, and the length fit the address");
    }

    private bool IsPort(int port) => Port is null || Port == port;

    private static HostPattern? Fault(out string? fault, string why)
    {
        fault = why;
        return null;
    }
}
