using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Outrider.Api.Install;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Install;

public sealed class InstallTests : IDisposable
{
    private readonly string _binary = Path.GetTempFileName();

    public void Dispose() => File.Delete(_binary);

    [Fact]
    public async Task Binary_ThatTheCentreHas_IsGivenToAnybodyWithItsSum()
    {
        await File.WriteAllTextAsync(_binary, "the agent");
        await using var centre = await TestCentre.StartAsync(options => options with { AgentBinary = _binary });
        using var anybody = centre.Client(null);

        Assert.Equal("the agent", await anybody.GetStringAsync(Address("/install/outrider-agent-linux-x64")));
        Assert.Equal($"{SumOf("the agent")}  outrider-agent-linux-x64\n", await anybody.GetStringAsync(Address("/install/outrider-agent-linux-x64.sha256")));
        // Another file in its place has another sum.
        await File.WriteAllTextAsync(_binary, "a newer agent");
        Assert.StartsWith(SumOf("a newer agent"), await anybody.GetStringAsync(Address("/install/outrider-agent-linux-x64.sha256")));
    }

    [Fact]
    public async Task Binary_ThatTheCentreHasNot_SaysWhereToPutIt()
    {
        await using var centre = await TestCentre.StartAsync(options => options with { AgentBinary = _binary });
        File.Delete(_binary);
        using var anybody = centre.Client(null);
        foreach (var path in new[] { "/install/outrider-agent-linux-x64", "/install/outrider-agent-linux-x64.sha256" })
        {
            using var response = await anybody.GetAsync(Address(path));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("agent_binary", await response.Content.ReadAsStringAsync());
        }
        await centre.CreateTenantAsync("acme");
        using var viewer = centre.Client(await centre.CreateKeyAsync("acme", Role.Viewer));
        using var view = JsonDocument.Parse(await viewer.GetStringAsync(TestCentre.Path("/install")));
        Assert.False(view.RootElement.GetProperty("available").GetBoolean());
        Assert.StartsWith($"curl -fsSL '{centre.Url.GetLeftPart(UriPartial.Authority)}/install.sh' | sudo ", view.RootElement.GetProperty("command").GetString());
    }

    [Theory]
    [InlineData(null, null, "http://127.0.0.1:")]
    [InlineData("outrider.example", null, "http://outrider.example'")]
    [InlineData("outrider.example:8443", "https", "https://outrider.example:8443'")]
    [InlineData("[::1]:9", null, "http://[::1]:9'")]
    public async Task Script_AskedForByAName_HasItInQuotes(string? host, string? proto, string expected)
    {
        await using var centre = await TestCentre.StartAsync(options => options with { TrustedProxies = [IPAddress.Loopback] });
        using var anybody = centre.Client(null);
        anybody.DefaultRequestHeaders.Host = host;
        if (proto is not null)
            anybody.DefaultRequestHeaders.Add("X-Forwarded-Proto", proto);
        var script = await anybody.GetStringAsync(Address("/install.sh"));

        Assert.Contains($"\nurl='{expected}", script);
        Assert.Contains("ExecStart=/usr/local/bin/outrider-agent run", script);
        Assert.DoesNotContain("__", script);
    }

    [Theory]
    [InlineData("x';reboot;'")]
    [InlineData("x$(reboot)")]
    [InlineData("x`reboot`")]
    [InlineData("x\ny")]
    [InlineData("a b")]
    [InlineData("")]
    public void UrlOf_AHostThatIsNone_IsRefused(string host)
    {
        var http = new DefaultHttpContext();
        // As it came: HostString would refuse some of it before we do.
        (http.Request.Scheme, http.Request.Headers.Host) = ("https", host);
        Assert.Equal(ProblemCodes.InvalidArgument, InstallScript.UrlOf(http.Request).Problem?.Code);
    }

    [Theory]
    [InlineData("--name 'a b'", "can't be an agent's name")]
    [InlineData("--name -x", "can't be an agent's name")]
    [InlineData("--name $(printf %064d 1)", "63 characters")]
    [InlineData("--url 'http://x;reboot'", "can't be the centre's address")]
    [InlineData("--url ftp://x", "must begin with https://")]
    [InlineData("--prefix relative", "absolute path")]
    [InlineData("--prefix '/tmp/a b'", "can't be used")]
    [InlineData("--data", "needs a value")]
    [InlineData("--wat", "unknown option")]
    [InlineData("--prefix /tmp/outrider-none --no-service", "set OUTRIDER_ENROLMENT_TOKEN")]
    [InlineData("--prefix /tmp/outrider-none --no-service", "not an enrolment token", "ora.secret")]
    [InlineData("--prefix /tmp/outrider-none --no-service", "not an enrolment token", "ort.x$(id)")]
    public async Task Script_ToldSomethingWrong_SaysSoAndDoesNothing(string arguments, string says, string token = "")
    {
        var start = new ProcessStartInfo("sh", ["-c", $"sh -s -- {arguments}"]) { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment["OUTRIDER_ENROLMENT_TOKEN"] = token;
        using var sh = Process.Start(start)!;
        await sh.StandardInput.WriteAsync(InstallScript.Of("http://127.0.0.1:1"));
        sh.StandardInput.Close();
        var error = await sh.StandardError.ReadToEndAsync();
        await sh.WaitForExitAsync();

        Assert.Equal(1, sh.ExitCode);
        Assert.Contains(says, error);
        if (token.Length > 0)
            Assert.DoesNotContain(token, error);
        Assert.False(Directory.Exists("/tmp/outrider-none"));
    }

    private static Uri Address(string path) => new(path, UriKind.Relative);

    private static string SumOf(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
