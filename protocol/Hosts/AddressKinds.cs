using System.Net;
using System.Net.Sockets;

namespace Outrider.Protocol.Hosts;

/// <summary>Tells addresses apart that must not be reached because somebody far away names them.</summary>
public static class AddressKinds
{
    /// <summary>Link-local addresses, those at which clouds tell machines their credentials, and those that are no machine's.</summary>
    private static readonly IPNetwork[] s_never =
    [
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("192.0.0.192/32"), IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
        IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fd00:ec2::254/128"), IPNetwork.Parse("fd20:ce::254/128"), IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork[] s_private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("::/127"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("64:ff9b:1::/48"),
    ];

    private static readonly IPNetwork s_translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork s_tunnelled = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork s_compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork s_teredo = IPNetwork.Parse("2001::/32");

    /// <summary>What an address is, or the one that it stands for.</summary>
    public static AddressKind Of(IPAddress address)
    {
        var meant = Meant(address);
        return s_teredo.Contains(meant) || s_never.Any(network => network.Contains(meant)) ? AddressKind.Never
            : s_private.Any(network => network.Contains(meant)) ? AddressKind.Private
            : AddressKind.Public;
    }

    /// <summary>The address without a scope; the IPv4 address that an IPv6 address stands for, if it does.</summary>
    public static IPAddress Meant(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        // A scope names an interface of this machine, and no network holds an address with one.
        var plain = new IPAddress(bytes);
        if (s_translated.Contains(plain) || s_compatible.Contains(plain) && !plain.Equals(IPAddress.IPv6Loopback) && !plain.Equals(IPAddress.IPv6Any))
            return new IPAddress(bytes.AsSpan(12, 4));
        return s_tunnelled.Contains(plain) ? new IPAddress(bytes.AsSpan(2, 4)) : plain;
    }
}
