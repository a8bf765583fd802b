using System.Net;
using Outrider.Silo.Standalone.Configuration;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class ConfigurationTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_Nothing_IsLoopbackWithoutErrors()
    {
        File.WriteAllText(_file, "{}");
        var options = StandaloneConfiguration.Reader.Read(_file, new Dictionary<string, string>(), [], out var errors);

        Assert.Empty(errors);
        Assert.Equal((StandaloneOptions.DefaultUrl, "data"), (options.Url, options.Data));
    }

    [Fact]
    public void Read_FileThenVariablesThenArguments_TheLaterWins()
    {
        File.WriteAllText(_file,
            """
            // Comments are allowed.
            {"url": "http://0.0.0.0:9000", "data": "from-file", "rate_per_second": 5,
             "trusted_proxies": ["10.0.0.1", "::1"]}
            """);
        var variables = new Dictionary<string, string> { ["OUTRIDER_PORT"] = "9001", ["OUTRIDER_DATA"] = "from-variable", ["OUTRIDER_AGENT_NAME"] = "x" };
        var options = StandaloneConfiguration.Reader.Read(_file, variables, [new("data", "from-argument"), new("url", null)], out var errors);

        Assert.Empty(errors);
        Assert.Equal(("http://0.0.0.0:9001", "from-argument", 5),
            (options.Url, options.Data, options.RateLimits.RequestsPerSecond));
        Assert.Equal([IPAddress.Parse("10.0.0.1"), IPAddress.IPv6Loopback], options.TrustedProxies);
    }

    [Fact]
    public void Read_ManyMistakes_ListsAllAndWhere()
    {
        File.WriteAllText(_file, """{"urll": "x", "rate_burst": 0, "tls_key": "/no/such/file"}""");
        var variables = new Dictionary<string, string>
        {
            ["OUTRIDER_PORT"] = "80x", ["OUTRIDER_PLATFORM_KEY"] = "secret", ["OUTRIDER_LOG_LEVEL"] = "loud",
        };
        StandaloneConfiguration.Reader.Read(_file, variables, [new("url", "https://example.com/x")], out var errors);

        foreach (var name in new[] { "'urll'", "'rate_burst'", "'tls_key'", "OUTRIDER_PORT", "OUTRIDER_PLATFORM_KEY", "OUTRIDER_LOG_LEVEL", "--url" })
            Assert.Contains(errors, error => error.Contains(name));
        Assert.DoesNotContain(errors, error => error.Contains("secret"));
    }

    [Theory]
    [InlineData("{", "can't be read")]
    [InlineData("[]", "can't be read")]
    [InlineData("""{"url": "https://example.com"}""", "tls_certificate")]
    public void Read_BadFile_SaysSo(string text, string expected)
    {
        File.WriteAllText(_file, text);
        StandaloneConfiguration.Reader.Read(_file, new Dictionary<string, string>(), [], out var errors);

        Assert.Contains(expected, Assert.Single(errors));
    }

    [Fact]
    public void Read_NamedFileThatIsNotThere_IsAnError()
    {
        StandaloneConfiguration.Reader.Read(_file + ".none", new Dictionary<string, string>(), [], out var errors);

        Assert.Single(errors);
    }
}
