using System.Net;
using Outrider.Notifiers.Http;

namespace Outrider.Tests.Pure.Notifications;

public sealed class SignatureTests
{
    // Both made with Python: base64.b64encode(hmac.new(key, text, hashlib.sha256).digest())
    [Fact]
    public void DingTalk_KnownSecretAndTime_IsTheirs() =>
        Assert.Equal("u2P4poOf3lkvTxhssKEUFLdQMNQCMWCzdFRy9n4Pom4=", Signature.DingTalk(1_577_836_800_000, "SECabc"));

    [Fact]
    public void Feishu_KnownSecretAndTime_IsTheirs() =>
        Assert.Equal("piBjfkaiqT+3uU7pK3x2t0xDRdQH5cuXJZrTgFuOt70=", Signature.Feishu(1_577_836_800, "SECabc"));

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("100.100.100.200")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    public void Refusal_LinkLocalAndMetadata_Always(string address) =>
        Assert.Contains("link-local", new AddressRules(AllowPrivate: true).Refusal(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fd12::1")]
    [InlineData("::ffff:10.0.0.1")]
    public void Refusal_Private_WhenTheCentreSaysSo(string address)
    {
        Assert.Null(new AddressRules(AllowPrivate: true).Refusal(IPAddress.Parse(address)));
        Assert.Contains("notify_private_addresses", new AddressRules(AllowPrivate: false).Refusal(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2001:4860:4860::8888")]
    public void Refusal_Public_Never(string address) => Assert.Null(new AddressRules(AllowPrivate: false).Refusal(IPAddress.Parse(address)));
}
