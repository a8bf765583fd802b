using Outrider.Testing.Processes;

namespace Outrider.Testing.Prometheus;

/// <summary>
/// A private Prometheus (Debian package prometheus) on a free loopback port, on data given as OpenMetrics text, which it only answers
/// questions about. It dies with its disposal, and its folder goes too.
/// </summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly ChildProcess _process;

    private PrometheusServer(DirectoryInfo folder, ChildProcess process, Uri url)
    {
        _folder = folder;
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="openMetrics">Samples with times; ends with <c># EOF</c>.</param>
    /// <exception cref="InvalidOperationException">It isn't installed, or doesn't start; the message says why.</exception>
    public static async Task<PrometheusServer> StartAsync(string openMetrics)
    {
        var folder = Directory.CreateTempSubdirectory("outrider-prometheus-");
        var (metrics, data, configuration) = (PathOf("metrics.txt"), PathOf("data"), PathOf("prometheus.yml"));
        await File.WriteAllTextAsync(metrics, openMetrics);
        await File.WriteAllTextAsync(configuration, "global: {}\n");
        await ChildProcess.RunAsync(Program("promtool"), ["tsdb", "create-blocks-from", "openmetrics", metrics, data]);
        var address = $"127.0.0.1:{FreePort.Next()}";
        var process = ChildProcess.Start(Program("prometheus"),
        [
            $"--config.file={configuration}", $"--storage.tsdb.path={data}", $"--web.listen-address={address}",
            "--storage.tsdb.retention.time=100y",
        ]);
        await process.LineAsync(static line => line.Contains("Server is ready", StringComparison.Ordinal));
        return new PrometheusServer(folder, process, new Uri($"http://{address}"));

        string PathOf(string name) => Path.Combine(folder.FullName, name);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Program(string name) => Path.Combine("/usr/bin", name) is var file && File.Exists(file)
        ? file
        : throw new InvalidOperationException($"{name} isn't installed. On Debian: apt-get install prometheus.");
}
