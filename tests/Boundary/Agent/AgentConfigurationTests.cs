using Outrider.Agent.Collectors.Scraping;
using Outrider.Agent.Configuration;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Boundary.Agent;

public sealed class AgentConfigurationTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_Endpoints_AreThoseOfTheFile()
    {
        var options = Read("""
            {"url": "http://centre", "scrape": [
              {"endpoint": "fe1", "url": "http://fe1:8030/metrics", "kind": "starrocks_fe"},
              {"endpoint": "app", "url": "http://app/metrics", "interval_seconds": 30, "max_samples": 500, "drop_labels": ["pod"],
               "rules": [{"metric": "http_*", "label": "path", "value": "/internal*", "drop": true}, {"metric": "http_*"}]}]}
            """).Value!;
        Assert.Equal(new ScrapeTarget("fe1", "http://fe1:8030/metrics", "starrocks_fe"), options.Scrape[0]);
        Assert.Equal((30, 500, 10), (options.Scrape[1].IntervalSeconds, options.Scrape[1].MaxSamples, options.Scrape[0].IntervalSeconds));
        Assert.Equal([new ScrapeRule("http_*", "path", "/internal*", Drop: true), new ScrapeRule("http_*")], options.Scrape[1].Rules!);
    }

    [Theory]
    [InlineData("""{"endpoint": "a b", "url": "http://x"}""", "can't be a name")]
    [InlineData("""{"endpoint": "a", "url": "x"}""", "http or https")]
    [InlineData("""{"endpoint": "a"}""", "scrape")]
    [InlineData("""{"endpoint": "a", "url": "http://x", "rules": [{}]}""", "scrape")]
    [InlineData("""{"endpoint": "a", "url": "http://x"}, {"endpoint": "a", "url": "http://y"}""", "same name")]
    public void Read_WrongEndpoint_SaysWhatToChange(string endpoints, string says) =>
        Assert.Contains(says, Read($$"""{"url": "http://centre", "scrape": [{{endpoints}}]}""").Problem!.Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Labels_AreThoseOfTheFileOrTheEnvironment()
    {
        const string File = """{"labels": {"role": "db", "zone": "a"}}""";
        Assert.Equal("a", Read(File).Value!.Labels["zone"]);
        Assert.Equal(["role=web"], Read(File, "role=web").Value!.Labels.Select(label => $"{label.Key}={label.Value}"));
        Assert.Empty(Read("{}").Value!.Labels);
    }

    [Theory]
    [InlineData("""{"labels": {"ro le": "db"}}""", null)]
    [InlineData("""{"labels": {"role": "a,b"}}""", null)]
    [InlineData("{}", "role")]
    public void Read_WrongLabels_SaysWhatToChange(string json, string? environment) =>
        Assert.Contains("OUTRIDER_LABELS", Read(json, environment).Problem!.Message, StringComparison.Ordinal);

    private Outcome<AgentOptions> Read(string json, string? labels = null)
    {
        File.WriteAllText(_path, json);
        return AgentConfiguration.Read(_path, name => name == "OUTRIDER_LABELS" ? labels : null);
    }
}
