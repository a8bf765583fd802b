using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Problems;
using Outrider.Grains.Metrics;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Centre;
using Outrider.Testing.Time;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Rest.Metrics;

/// <summary>
/// A centre whose clock stands at noon, with a day of metrics of acme's agents <c>db1</c> and <c>db2</c>; <c>idle</c> has none. Tenant
/// globex has <c>db9</c>.
/// </summary>
public sealed class MetricsCentre : IAsyncLifetime
{
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const string Cpu = "host_cpu_percent_normalized";
    public const string Received = "host_network_received_bytes_total";
    public const string Disk = "host_disk_percent";

    private readonly Dictionary<(string, string), ulong> _seq = [];

    public TestCentre Centre { get; private set; } = null!;

    public FakeTime Time { get; } = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public HttpClient Viewer { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    /// <summary>An admin of the other tenant.</summary>
    public HttpClient Stranger { get; private set; } = null!;

    public IMetricStore Store => Centre.App.Services.GetRequiredService<IMetricStore>();

    public async Task InitializeAsync()
    {
        Centre = await TestCentre.StartAsync(options => options with { Time = Time });
        await Centre.CreateTenantAsync("acme");
        await Centre.CreateTenantAsync("globex");
        Viewer = Centre.Client(await Centre.CreateKeyAsync("acme", Role.Viewer, "viewer"));
        Admin = Centre.Client(await Centre.CreateKeyAsync("acme", Role.Admin, "admin"));
        Stranger = Centre.Client(await Centre.CreateKeyAsync("globex", Role.Admin));
        foreach (var agent in new[] { "db1", "db2", "idle" })
            await ConnectAsync("acme", agent);
        await ConnectAsync("globex", "db9");
        await FillAsync();
    }

    public async Task DisposeAsync()
    {
        Viewer.Dispose();
        Admin.Dispose();
        Stranger.Dispose();
        await Centre.DisposeAsync();
    }

    public Task ConnectAsync(string tenant, string agent) =>
        ScriptedAgent.ConnectAsync(Centre, tenant, agent, _ => throw new InvalidOperationException("Nobody asks it."));

    public async Task AppendAsync(string tenant, string agent, IEnumerable<SeriesSamples> series, ProcessTable? processes = null)
    {
        var seq = _seq[(tenant, agent)] = _seq.GetValueOrDefault((tenant, agent)) + 1;
        var appended = await Store.AppendAsync(tenant, agent, MetricStoreFixture.Batch(seq, [.. series], processes), default);
        Assert.Null(appended.Problem?.Message ?? appended.Value?.Refused?.Message);
    }

    /// <summary>A sample a minute over the last hours.</summary>
    public SeriesSamples Each(Series series, int hours, Func<int, double?> value) => new(series,
    [
        .. from i in Enumerable.Range(0, hours * 60)
           where value(i) is not null
           select new Sample(Now - hours * Hour + i * Minute, value(i)!.Value),
    ]);

    /// <summary>The answer, which must be a success.</summary>
    public Task<JsonElement> GetAsync(string path) => GetAsync(Viewer, path);

    public static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(TestCentre.Path(path));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <summary>The problem that is answered.</summary>
    public static async Task<ProblemView> ProblemAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(TestCentre.Path(path));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode != HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<ProblemView>(text, TestCentre.Json)!;
    }

    /// <summary>
    /// db1: CPU rises from 20 to 40 in the second half and peaks at 99, with no data from 3 to 4; its counter rises by 600 a minute and
    /// begins again at 9. db2: CPU 10 throughout.
    /// </summary>
    private async Task FillAsync()
    {
        await AppendAsync("acme", "db1",
        [
            Each(new Series(Cpu), 24, i => i is >= 900 and < 960 ? null : i == 1_000 ? 99 : i < 720 ? 20 : 40),
            Each(new Series(Received, new Label("interface", "eth0")), 24, i => i < 1_260 ? 600.0 * i : 600.0 * (i - 1_260)),
            Each(new Series(Disk, new Label("mount", "/"), new Label("device", "sda")), 24, i => 50),
            Each(new Series(Disk, new Label("mount", "/var"), new Label("device", "sdb")), 24, i => 70 + i / 1_440.0),
            Each(new Series("app_queue", new Label("name", "a,\"b\"")), 1, i => i == 59 ? double.NaN : i),
        ], Processes(Now));
        await AppendAsync("acme", "db1", [], Processes(Now - 2 * Hour, cpu: 1));
        await AppendAsync("acme", "db2", [Each(new Series(Cpu), 24, _ => 10)]);
        await AppendAsync("globex", "db9", [Each(new Series(Cpu), 24, _ => 66.6), Each(new Series("secret_metric"), 1, _ => 1)]);
    }

    private static ProcessTable Processes(long time, double cpu = 100) => new(time, 300, 4, 16L << 30,
    [
        new ProcessRow(10, "sshd") { ParentPid = 1, CpuPercent = 0, MemoryBytes = 1 << 20 },
        new ProcessRow(20, "java") { ParentPid = 10, Command = "java -jar fe.jar", CpuPercent = 2 * cpu, MemoryBytes = 4L << 30, Threads = 90 },
        new ProcessRow(21, "java") { ParentPid = 20, CpuPercent = cpu, MemoryBytes = 2L << 30 },
        new ProcessRow(30, "be") { ParentPid = 1, CpuPercent = 1.5 * cpu, MemoryBytes = 8L << 30 },
        new ProcessRow(40, "unknown"),
    ]);
}
