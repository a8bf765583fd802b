using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Outrider.Api.Operations.Metrics;
using Outrider.Api.Rest.Metrics;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest.Metrics;

/// <summary>Samples as a file.</summary>
public sealed class MetricExportTests(MetricsCentre centre) : IClassFixture<MetricsCentre>
{
    [Fact]
    public async Task Export_Csv_HasALineForEachSampleAndQuotesWhatNeedsIt()
    {
        using var response = await centre.Viewer.GetAsync(TestCentre.Path("/metrics/export?agent=db1&metric=app_queue"));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n');

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment; filename=\"metrics.csv\"", response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("time,agent,metric,labels,value", lines[0]);
        Assert.Equal("2026-01-31T11:01:00.000Z,db1,app_queue,\"{\"\"name\"\":\"\"a,\\\"\"b\\\"\"\"\"}\",1", lines[2]);
        Assert.Equal("2026-01-31T11:59:00.000Z,db1,app_queue,\"{\"\"name\"\":\"\"a,\\\"\"b\\\"\"\"\"}\",NaN", lines[60]);
        Assert.Equal(62, lines.Length);
    }

    [Fact]
    public async Task Export_JsonLines_AreObjects()
    {
        using var response = await centre.Viewer.GetAsync(TestCentre.Path("/metrics/export?agents=db*&metric=app_*&metric=host_disk_percent&format=jsonl&period=2h"));
        var lines = (await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal("application/jsonl", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(60 + 2 * 120, lines.Count);
        var queue = lines.Where(line => line.GetProperty("metric").GetString() == "app_queue").ToList();
        Assert.Equal(("a,\"b\"", 1), (queue[1].GetProperty("labels").GetProperty("name").GetString(), queue[1].GetProperty("value").GetDouble()));
        Assert.Equal("NaN", queue[^1].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Export_Everything_IsWholeOnceAndOfTheOwnTenantOnly()
    {
        var lines = (await centre.Viewer.GetStringAsync(TestCentre.Path("/metrics/export?period=24h"))).TrimEnd('\n').Split('\n').Skip(1).ToList();
        Assert.Equal(1_380 + 3 * 1_440 + 60 + 1_440, lines.Count);
        Assert.Equal(lines.Count, lines.Distinct().Count());
        Assert.DoesNotContain(lines, line => line.Contains("db9", StringComparison.Ordinal));
        // A counter as it was measured.
        Assert.Contains(lines, line => line.EndsWith(",755400", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("format=xml", 400, "format")]
    [InlineData("agent=nobody", 404, "nobody")]
    [InlineData("agents=db9", 404, "db9")]
    [InlineData("metric=no%20metric", 400, "metric")]
    [InlineData("labels=x", 400, "labels")]
    [InlineData("period=366d", 400, "365")]
    [InlineData("from=2026-01-31T10:00:00Z&to=2026-01-31T09:00:00Z", 400, "after")]
    public async Task Export_ThatCantBe_IsAProblem(string query, int status, string says)
    {
        var problem = await MetricsCentre.ProblemAsync(centre.Viewer, $"/metrics/export?{query}");
        Assert.Equal(status, problem.Status);
        Assert.Contains(says, problem.Detail);
    }

    [Fact]
    public async Task Export_TooManySeries_IsRefusedBeforeAnythingIsRead()
    {
        await centre.ConnectAsync("acme", "many");
        await centre.AppendAsync("acme", "many", Enumerable.Range(0, 1_001).Select(i => MetricStoreSeries(i, centre.Now)));
        var problem = await MetricsCentre.ProblemAsync(centre.Viewer, "/metrics/export?agent=many");
        Assert.Equal((400, true), (problem.Status, problem.Detail.Contains("1000", StringComparison.Ordinal)));
        Assert.Contains("200 series", (await MetricsCentre.ProblemAsync(centre.Viewer, "/agents/many/metrics/range?metric=many")).Detail);
        await centre.Store.DeleteAgentAsync("acme", "many", default);
    }

    [Fact]
    public async Task Export_ClientThatDoesNotRead_StopsTheReadingAndOneThatGoesEndsIt()
    {
        var store = new EndlessMetrics();
        var series = Enumerable.Range(0, 100).Select(i => new StoredSeries("db1", new Series("m", new Label("i", $"{i}")), i)).ToList();
        var export = new MetricExport(store, "acme", series, new QuerySpan(0, 30 * Periods.Day));
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024));
        using var gone = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestAborted = gone.Token };
        context.Features.Set<IHttpResponseBodyFeature>(new PipeBody(pipe.Writer));
        var sending = new ExportResult(export, ExportFormat.JsonLines).ExecuteAsync(context);
        var sent = await pipe.Reader.ReadAtLeastAsync(1024 * 1024);

        Assert.False(sending.IsCompleted);
        Assert.Equal(1, store.Reads);
        Assert.StartsWith("""{"time":"1970-01-01T00:00:00.000Z","agent":"db1","metric":"m","labels":{"i":"0"},"value":0}""", Encoding.UTF8.GetString(sent.Buffer.FirstSpan));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(1, store.Reads);
    }

    private static SeriesSamples MetricStoreSeries(int i, long time) => new(new Series("many", new Label("i", $"{i}")), [new Sample(time, i)]);

    private sealed class PipeBody(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => Writer.AsStream();

        public PipeWriter Writer => writer;

        public void DisableBuffering()
        {
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync() => Task.CompletedTask;
    }
}
