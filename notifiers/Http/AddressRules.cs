using System.Net;

namespace Outrider.Notifiers.Http;

/// <summary>Which addresses messages are sent to. A tenant names its receivers, and must not reach with them what only the centre can.</summary>
/// <param name="AllowPrivate">Whether receivers may be on this machine and in private networks.</param>
public sealed record AddressRules(bool AllowPrivate)
{
    /// <summary>Link-local addresses, those at which clouds tell machines their credentials, and those that are no machine's.</summary>
    private static readonly IPNetwork[] s_never =
    [
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("192.0.0.192/32"),
        IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("255.255.255.255/32"),
        IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fd00:ec2::254/128"), IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork[] s_private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::/127"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fec0::/10"),
    ];

    private static readonly IPNetwork s_translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork s_tunnelled = IPNetwork.Parse("2002::/16");

    /// <summary>Why nothing is sent there; null: it may be.</summary>
    public string? Refusal(IPAddress address)
    {
        var meant = Meant(address);
        if (s_never.Any(network => network.Contains(meant)))
            return "it is a link-local or metadata address";
        return !AllowPrivate && s_private.Any(network => network.Contains(meant))
            ? "it is a private address, which this centre doesn't allow (notify_private_addresses)"
            : null;
    }

    /// <summary>The IPv4 address that an IPv6 address stands for, if it does.</summary>
    private static IPAddress Meant(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        // A scope names an interface of this machine, and no network holds an address with one.
        if (address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 && address.ScopeId != 0)
            address = new IPAddress(address.GetAddressBytes());
        if (s_translated.Contains(address))
            return new IPAddress(address.GetAddressBytes().AsSpan(12, 4));
        return s_tunnelled.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(2, 4)) : address;
    }
}
