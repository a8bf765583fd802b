using System.Net;
using System.Net.Sockets;
using Outrider.Agent.Policy.Hosts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Hosts;

public sealed class HostRulesTests
{
    private static readonly HostsPolicy s_policy = new(
        Allow:
        [
            new("api.example.com"), new("*.internal.example:8443"), new("10.1.0.0/16"), new("[fd00:1::]/32"), new("localhost:9200"), new("[2001:db8::5]:9200"),
            new("db.corp.example", Private: true), new("metadata.google.internal", Private: true), new("bad.internal.example"),
        ],
        Deny: [new("bad.internal.example"), new("10.1.66.0/24"), new("*.dev.internal.example")]);

    [Theory]
    [InlineData("api.example.com", 443, "93.184.216.34")]
    [InlineData("API.EXAMPLE.COM.", 443, "93.184.216.34")]
    [InlineData("api.example.com", 443, "10.1.2.3")]
    [InlineData("api.example.com", 443, "93.184.216.34", "2606:2800::1")]
    [InlineData("a.internal.example", 8443, "93.184.216.34")]
    [InlineData("a.b.internal.example", 8443, "93.184.216.34")]
    [InlineData("localhost", 9200, "127.0.0.1", "::1")]
    [InlineData("10.1.2.3", 22)]
    [InlineData("::ffff:10.1.2.3", 22)]
    [InlineData("fd00:1::7", 443)]
    [InlineData("2001:db8::5", 9200)]
    [InlineData("db.corp.example", 3306, "192.168.1.1")]
    public async Task Resolve_Listed_GivesTheAddresses(string host, int port, params string[] addresses)
    {
        var resolved = await ResolveAsync(host, port, addresses);

        Assert.Null(resolved.Problem);
        Assert.Equal(addresses.Length == 0 ? [IPAddress.Parse(host)] : addresses.Select(IPAddress.Parse), resolved.Value);
    }

    [Theory]
    [InlineData("hosts.allow", "evil.example", 443, "93.184.216.34")]
    [InlineData("hosts.allow", "api.example.com.evil.example", 443, "93.184.216.34")]
    [InlineData("hosts.allow", "evilapi.example.com", 443, "93.184.216.34")]
    [InlineData("hosts.allow", "xn--pi-7kc.example.com", 443, "93.184.216.34")]
    [InlineData("hosts.allow", "internal.example", 8443, "93.184.216.34")]
    [InlineData("hosts.allow", "xinternal.example", 8443, "93.184.216.34")]
    [InlineData("hosts.allow", "a.internal.example", 443, "93.184.216.34")]
    [InlineData("hosts.allow", "localhost", 22, "127.0.0.1")]
    [InlineData("hosts.allow", "10.2.0.1", 443)]
    [InlineData("hosts.allow", "93.184.216.34", 443)]
    [InlineData("hosts.allow", "2001:db8::5", 443)]
    [InlineData("hosts.allow", "127.0.0.1", 9200)]
    [InlineData("hosts.private", "api.example.com", 443, "127.0.0.1")]
    [InlineData("hosts.private", "api.example.com", 443, "192.168.1.1")]
    [InlineData("hosts.private", "api.example.com", 443, "::ffff:127.0.0.1")]
    [InlineData("hosts.private", "api.example.com", 443, "64:ff9b::7f00:1")]
    [InlineData("hosts.private", "api.example.com", 443, "93.184.216.34", "10.9.0.1")]
    [InlineData("hosts.private", "localhost", 9200, "192.168.1.1")]
    [InlineData("hosts.private", "a.internal.example", 8443, "10.9.0.1")]
    [InlineData("hosts.metadata", "api.example.com", 443, "169.254.169.254")]
    [InlineData("hosts.metadata", "api.example.com", 443, "93.184.216.34", "fe80::1")]
    [InlineData("hosts.metadata", "db.corp.example", 443, "fd00:ec2::254")]
    [InlineData("hosts.metadata", "db.corp.example", 443, "100.100.100.200")]
    [InlineData("hosts.metadata", "metadata.google.internal", 80, "93.184.216.34")]
    [InlineData("hosts.metadata", "METADATA.google.internal.", 80, "93.184.216.34")]
    [InlineData("hosts.metadata", "169.254.169.254", 80)]
    [InlineData("hosts.metadata", "::ffff:169.254.169.254", 80)]
    [InlineData("hosts.metadata", "fd00:ec2::254", 80)]
    [InlineData("hosts.deny", "bad.internal.example", 8443, "93.184.216.34")]
    [InlineData("hosts.deny", "x.dev.internal.example", 8443, "93.184.216.34")]
    [InlineData("hosts.deny", "10.1.66.7", 443)]
    [InlineData("hosts.deny", "::ffff:10.1.66.7", 443)]
    [InlineData("hosts.deny", "api.example.com", 443, "10.1.66.7")]
    [InlineData("hosts.deny", "db.corp.example", 443, "192.168.1.1", "10.1.66.7")]
    public async Task Resolve_NotListedOrDenied_SaysByWhichRule(string rule, string host, int port, params string[] addresses)
    {
        var problem = (await ResolveAsync(host, port, addresses)).Problem;

        Assert.Equal((ProblemCodes.PolicyRefused, rule), (problem?.Code, problem?.Details?["rule"]));
    }

    [Theory]
    [InlineData("127.1", 80)]
    [InlineData("", 80)]
    [InlineData("\u0430pi.example.com", 80)]
    [InlineData("api.example.com", 0)]
    [InlineData("api.example.com", 70_000)]
    public async Task Resolve_NoHost_IsInvalid(string host, int port) =>
        Assert.Equal(ProblemCodes.InvalidArgument, (await ResolveAsync(host, port, ["93.184.216.34"])).Problem?.Code);

    [Fact]
    public async Task Resolve_RefusedName_IsNotEvenLookedUp()
    {
        var rules = new HostRules(s_policy, (_, _) => throw new InvalidOperationException("looked up"));

        Assert.False((await rules.ResolveAsync("evil.example", 80, default)).Ok);
    }

    [Fact]
    public async Task Resolve_NameWithoutAddress_IsInvalid()
    {
        var rules = new HostRules(s_policy, (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Equal(ProblemCodes.InvalidArgument, (await rules.ResolveAsync("api.example.com", 80, default)).Problem?.Code);
    }

    [Theory]
    [InlineData("10.1.0.1/16")]
    [InlineData("10.1.0.0/33")]
    [InlineData("0.0.0.0/0")]
    [InlineData("*")]
    [InlineData("a.*.example")]
    [InlineData("*.10.1.2.3")]
    [InlineData("\u0430pi.example.com")]
    [InlineData("api.example.com:0")]
    [InlineData("api.example.com:http")]
    [InlineData("fd00::1")]
    [InlineData("127.1")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.0/16")]
    [InlineData("https://api.example.com")]
    [InlineData("")]
    public void Fault_EntryThatCantBe_IsNamed(string entry) => Assert.Contains($"'{entry}'", new HostsPolicy(Allow: [new(entry)]).Fault());

    [Theory]
    [InlineData("*.internal.example")]
    [InlineData("10.1.0.0/16")]
    public void Fault_PrivateOfMoreThanAName_IsOne(string entry) => Assert.NotNull(new HostsPolicy(Allow: [new(entry, Private: true)]).Fault());

    [Fact]
    public void Fault_GoodPolicy_None() => Assert.Null(s_policy.Fault());

    private static ValueTask<Outcome<IReadOnlyList<IPAddress>>> ResolveAsync(string host, int port, string[] addresses) =>
        new HostRules(s_policy, (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)])).ResolveAsync(host, port, default);
}
