using System.Net;
using Outrider.Protocol.Hosts;

namespace Outrider.Tests.Pure.Hosts;

public sealed class AddressKindsTests
{
    [Theory]
    [InlineData("169.254.169.254", AddressKind.Never)]
    [InlineData("::ffff:169.254.169.254", AddressKind.Never)]
    [InlineData("::169.254.169.254", AddressKind.Never)]
    [InlineData("64:ff9b::a9fe:a9fe", AddressKind.Never)]
    [InlineData("2002:a9fe:a9fe::1", AddressKind.Never)]
    [InlineData("2001:0:a9fe:a9fe::1", AddressKind.Never)]
    [InlineData("fe80::1%1", AddressKind.Never)]
    [InlineData("fd00:ec2::254", AddressKind.Never)]
    [InlineData("fd20:ce::254", AddressKind.Never)]
    [InlineData("100.100.100.200", AddressKind.Never)]
    [InlineData("168.63.129.16", AddressKind.Never)]
    [InlineData("255.255.255.255", AddressKind.Never)]
    [InlineData("240.0.0.1", AddressKind.Never)]
    [InlineData("ff02::1", AddressKind.Never)]
    [InlineData("127.0.0.1", AddressKind.Private)]
    [InlineData("::1", AddressKind.Private)]
    [InlineData("::", AddressKind.Private)]
    [InlineData("0.0.0.0", AddressKind.Private)]
    [InlineData("::127.0.0.1", AddressKind.Private)]
    [InlineData("::ffff:127.0.0.1", AddressKind.Private)]
    [InlineData("64:ff9b::7f00:1", AddressKind.Private)]
    [InlineData("100.64.0.1", AddressKind.Private)]
    [InlineData("198.18.0.1", AddressKind.Private)]
    [InlineData("fec0::1%2", AddressKind.Private)]
    [InlineData("fd12::1", AddressKind.Private)]
    [InlineData("8.8.8.8", AddressKind.Public)]
    [InlineData("172.32.0.1", AddressKind.Public)]
    [InlineData("::8.8.8.8", AddressKind.Public)]
    [InlineData("2001:4860:4860::8888", AddressKind.Public)]
    public void Of_AnyForm_IsWhatItStandsFor(string address, AddressKind kind) => Assert.Equal(kind, AddressKinds.Of(IPAddress.Parse(address)));
}
