using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Outrider.Bench.Metrics;

/// <summary>One of the two stores as a process, what it costs, and a client for it.</summary>
internal sealed class BenchServer : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private BenchServer(Process process, int port, string folder)
    {
        _process = process;
        _folder = folder;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public HttpClient Http { get; }

    /// <summary>User and system time so far.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public double PeakMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    public static async Task<BenchServer> StartOursAsync(string folder)
    {
        var port = FreePort();
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", $"{port}", folder]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        await process.StandardOutput.ReadLineAsync();
        return new BenchServer(process, port, folder);
    }

    public static async Task<BenchServer> StartVictoriaMetricsAsync(string folder)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "victoria-metrics",
            [$"-storageDataPath={folder}", $"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=10y", "-loggerLevel=ERROR"])
        {
            RedirectStandardError = true,
        };
        var server = new BenchServer(Process.Start(start)!, port, folder);
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                await server.Http.GetStringAsync(new Uri("/health", UriKind.Relative));
                return server;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }
        throw new TimeoutException("victoria-metrics does not answer. Install it: apt-get install victoria-metrics");
    }

    public async Task PostAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<string> GetAsync(string path) => await Http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Ends it in order, so that all is on disk, and says how large its files are.</summary>
    public async Task<long> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        Http.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
