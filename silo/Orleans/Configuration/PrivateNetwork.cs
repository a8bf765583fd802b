using System.Net;
using System.Net.Sockets;

namespace Outrider.Silo.Orleans.Configuration;

/// <summary>Addresses that no network forwards from or to the internet.</summary>
internal static class PrivateNetwork
{
    private static readonly IPNetwork[] s_networks =
    [
        // RFC 1122, 1918, 3927, 6598; RFC 4291 (loopback, link-local), 4193.
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fc00::/7"),
    ];

    public static bool Has(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && s_networks.Any(network => network.Contains(plain));
    }
}
