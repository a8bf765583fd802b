using Outrider.Agent.Http;
using Outrider.Agent.Policy.Hosts;

namespace Outrider.Tests.Pure.Hosts;

public sealed class HttpUrlTests
{
    [Theory]
    [InlineData("http://api.example.com", "api.example.com", 80)]
    [InlineData("HTTPS://API.Example.COM/v1?x=1", "api.example.com", 443)]
    [InlineData("https://api.example.com.:8443/", "api.example.com.", 8443)]
    [InlineData("http://10.1.2.3:9200/_search", "10.1.2.3", 9200)]
    [InlineData("http://[fd00::1]:80/", "fd00::1", 80)]
    [InlineData("http://xn--pi-7kc.example.com/", "xn--pi-7kc.example.com", 80)]
    [InlineData("https://api.example.com/hook/${secret:HOOK}?key=${secret:KEY}", "api.example.com", 443)]
    public void Parse_Plain_IsRead(string url, string host, int port)
    {
        var read = HttpUrl.Parse(url);

        Assert.Null(read.Problem);
        Assert.Equal((host, port), (read.Value!.IdnHost, read.Value.Port));
    }

    [Theory]
    // Schemes.
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://api.example.com/")]
    [InlineData("gopher://api.example.com/")]
    [InlineData("data:text/plain,x")]
    [InlineData("jar:http://api.example.com!/")]
    [InlineData("//api.example.com/")]
    [InlineData("api.example.com")]
    [InlineData("http:api.example.com")]
    [InlineData("http:/api.example.com")]
    [InlineData("http:///api.example.com")]
    // Addresses that programs read in different ways.
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.0.0.01/")]
    [InlineData("http://127.0.0.1.5/")]
    [InlineData("http://256.0.0.1/")]
    [InlineData("http://0/")]
    [InlineData("http://[::1%25lo]/")]
    [InlineData("http://[fe80::1%eth0]/")]
    [InlineData("http://::1/")]
    [InlineData("http://[::1/")]
    [InlineData("http://[127.0.0.1]/")]
    // Two hosts in one.
    [InlineData("http://api.example.com@evil.example/")]
    [InlineData("http://user:password@api.example.com/")]
    [InlineData("http://evil.example#@api.example.com/")]
    [InlineData("http://api.example.com#@evil.example/")]
    [InlineData("http://evil.example\\@api.example.com/")]
    [InlineData("http://api.example.com\\.evil.example/")]
    [InlineData("http:\\\\api.example.com/")]
    [InlineData("http://api.example.com%2f@evil.example/")]
    [InlineData("http://api.example.com%00.evil.example/")]
    [InlineData("http://api%2eexample.com/")]
    [InlineData("http://api.example.com;evil.example/")]
    [InlineData("http://api.example.com,evil.example/")]
    [InlineData("http://api..example.com/")]
    [InlineData("http://.api.example.com/")]
    [InlineData("http://api.example.com../")]
    [InlineData("http://-api.example.com/")]
    // Blanks and control characters.
    [InlineData(" http://api.example.com/")]
    [InlineData("http://api.example.com/\r\nHost: evil.example")]
    [InlineData("http://api.exa\tmple.com/")]
    [InlineData("http://api.example.com/a b")]
    [InlineData("http://api.example.com\0/")]
    // Look-alikes.
    [InlineData("http://\u0430pi.example.com/")]
    [InlineData("http://\uff41pi.example.com/")]
    [InlineData("http://api\u3002example.com/")]
    [InlineData("http://api.example\u200b.com/")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://api.example.com/\u00e9")]
    // Ports.
    [InlineData("http://api.example.com:0/")]
    [InlineData("http://api.example.com:65536/")]
    [InlineData("http://api.example.com:/")]
    [InlineData("http://api.example.com:80:8443/")]
    [InlineData("http://api.example.com:+80/")]
    [InlineData("http://api.example.com:80x/")]
    [InlineData("http://api.example.com:-1/")]
    [InlineData("")]
    [InlineData("http://")]
    [InlineData("http://${secret:HOST}/")]
    public void Parse_Tricks_AreNoUrl(string url) => Assert.NotNull(HttpUrl.Parse(url).Problem);

    [Fact]
    public void Parse_Fault_DoesNotRepeatTheUrl() =>
        Assert.DoesNotContain("s3cret", HttpUrl.Parse("http://user:s3cret@api.example.com/s3cret").Problem!.Message);

    [Theory]
    [InlineData("API.Example.Com.", "api.example.com")]
    [InlineData("my_service", "my_service")]
    [InlineData("[FD00:0:0::1]", "fd00::1")]
    [InlineData("fd00::1", "fd00::1")]
    public void HostName_OtherForms_AreTheSame(string text, string name) => Assert.Equal(name, HostName.Parse(text).Value!.Text);
}
