using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Grains.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Storage.Sqlite;

namespace Outrider.Bench.Metrics;

/// <summary>Our store behind as little HTTP as VictoriaMetrics has: batches in, JSON of Prometheus' query_range out.</summary>
internal static class StoreServer
{
    private const string Tenant = "bench";

    public static async Task RunAsync(int port, string folder)
    {
        var clock = new BenchClock();
        await using var database = SqliteDatabase.Open(Path.Combine(folder, "metrics.db"), SqliteMetricBackend.Schema);
        await using var store = await MetricStore.OpenAsync(
            new SqliteMetricBackend(database), clock, new MetricStoreOptions { Interval = null });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.MapPost("/write", async context => await WriteAsync(store, context));
        app.MapPost("/maintain", async (long now, bool all) =>
        {
            clock.Now = now;
            await store.MaintainAsync(all);
            return store.Fault ?? "ok";
        });
        app.MapGet("/sizes", async () => await SizesAsync(database));
        app.MapGet("/query_range", async (string metric, string agents, long from, long to, long step, HttpContext context) =>
            await QueryAsync(store, context, metric, agents, from, to, step));
        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
    }

    /// <summary>The body: for each batch the agent's number and the length (4 bytes each, little-endian), then the batch.</summary>
    private static async Task WriteAsync(MetricStore store, HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body);
        var appends = new List<Task>();
        for (var at = 0; at < body.Length;)
        {
            var agent = BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
            var length = BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at + 4));
            appends.Add(AppendAsync(store, agent, body.AsMemory(at + 8, length)));
            at += 8 + length;
        }
        await Task.WhenAll(appends);
        context.Response.StatusCode = 204;
    }

    private static async Task AppendAsync(MetricStore store, int agent, ReadOnlyMemory<byte> batch)
    {
        var stored = await store.AppendAsync(Tenant, $"a{agent}", batch, default);
        if (stored.Value is not { Duplicate: false, Refused: null })
            throw new InvalidOperationException(stored.Problem?.Message ?? "A batch was not stored whole.");
    }

    private static async Task QueryAsync(
        MetricStore store, HttpContext context, string metric, string agents, long from, long to, long step)
    {
        var selector = new SeriesSelector(
            new LabelMatcher(SeriesSelector.NameLabel, MatchOperator.Equal, metric),
            new LabelMatcher("device", MatchOperator.Equal, "d0"),
            new LabelMatcher("agent", MatchOperator.Matches, agents));
        var series = (await store.FindAsync(Tenant, selector, 1_000, default)).Value!;
        var read = await store.ReadStepsAsync(Tenant, series, from, to, step, default);
        context.Response.ContentType = "application/json";
        var json = context.Response.BodyWriter;
        json.Write("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["u8);
        for (var i = 0; i < series.Count; i++)
        {
            json.Write(i == 0 ? ""u8 : ","u8);
            Utf8.TryWrite(
                json.GetSpan(1024), CultureInfo.InvariantCulture,
                $"{{\"metric\":{{\"__name__\":\"{metric}\",\"agent\":\"{series[i].Agent}\"}},\"values\":[", out var written);
            json.Advance(written);
            for (var j = 0; j < read[i].Count; j++)
                WritePoint(json, j == 0 ? "["u8 : ",["u8, read[i][j]);
            json.Write("]}"u8);
        }
        json.Write("]}}"u8);
        await json.FlushAsync();
    }

    private static void WritePoint(PipeWriter json, ReadOnlySpan<byte> begin, MetricStep step)
    {
        var to = json.GetSpan(64);
        begin.CopyTo(to);
        var at = begin.Length;
        (step.Time / 1000).TryFormat(to[at..], out var written, default, CultureInfo.InvariantCulture);
        at += written;
        ",\""u8.CopyTo(to[at..]);
        at += 2;
        step.Average.TryFormat(to[at..], out written, default, CultureInfo.InvariantCulture);
        at += written;
        "\"]"u8.CopyTo(to[at..]);
        json.Advance(at + 2);
    }

    /// <summary>Bytes in use of the file, and of raw chunks.</summary>
    private static async Task<string> SizesAsync(SqliteDatabase database)
    {
        var used = await ReadAsync(database, "SELECT (SELECT page_count FROM pragma_page_count) - (SELECT freelist_count FROM pragma_freelist_count)");
        var raw = await ReadAsync(database, "SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM metric_chunk WHERE key < 2 << 60");
        return $"{used * 4096} {raw}";
    }

    private static Task<long> ReadAsync(SqliteDatabase database, string sql) =>
        database.ReadAsync(session => session.QueryFirst(sql, row => row.GetInt64(0)));
}
