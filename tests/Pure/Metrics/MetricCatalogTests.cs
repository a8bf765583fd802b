using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.Metrics;

public sealed class MetricCatalogTests
{
    [Fact]
    public void All_EachMetric_IsNamedByTheRules()
    {
        foreach (var metric in MetricCatalog.All)
        {
            var labels = metric.Labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => new Label(name, "x")).ToArray();
            Assert.Null(new Series(metric.Name, labels).Fault());
            Assert.Equal(metric.Kind == MetricKind.Counter, metric.Name.EndsWith("_total", StringComparison.Ordinal));
            Assert.Contains(metric.Unit, (string[])["percent", "bytes", "seconds", ""]);
            Assert.Contains(metric.Unit, metric.Name);
            Assert.Same(metric, MetricCatalog.Find(metric.Name));
        }
    }

    [Theory]
    [InlineData("host_memory_total_bytes", MetricKind.Gauge)]
    [InlineData("host_disk_reads_total", MetricKind.Counter)]
    [InlineData("starrocks_fe_query_total", MetricKind.Counter)]
    [InlineData("process_count", MetricKind.Gauge)]
    [InlineData("http_request_seconds_count", MetricKind.Counter)]
    [InlineData("jvm_heap_size_bytes", MetricKind.Gauge)]
    public void KindOf_AnyName_IsThatOfTheCatalogueOrOfItsEnding(string name, MetricKind kind) =>
        Assert.Equal(kind, MetricCatalog.KindOf(name));

    [Fact]
    public void ToString_LabelsWithQuotes_IsWrittenAsPrometheusDoes() => Assert.Equal(
        "m{a=\"x\",b=\"q\\\"\\\\\\n\"}", new Series("m", new Label("b", "q\"\\\n"), new Label("a", "x")).ToString());
}
