using System.Net;
using Outrider.Testing.Processes;

namespace Outrider.Bench.Dashboard;

/// <summary>Debian's Netdata on this machine: a page that operators keep open all day, of one host.</summary>
internal sealed class Netdata : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly string _folder;

    private Netdata(ChildProcess process, string folder, Uri url) => (_process, _folder, Url) = (process, folder, url);

    public Uri Url { get; }

    public static async Task<Netdata> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench-netdata-").FullName;
        var port = FreePort.Next();
        var url = new Uri($"http://127.0.0.1:{port}/");
        await File.WriteAllTextAsync(Path.Combine(folder, "netdata.conf"), $"""
            [global]
                run as user = {Environment.UserName}
            [directories]
                cache = {folder}
                lib = {folder}
                log = {folder}
            [db]
                mode = ram
            [web]
                bind to = 127.0.0.1:{port}
            [ml]
                enabled = no
            """);
        var process = ChildProcess.Start("netdata", ["-D", "-c", Path.Combine(folder, "netdata.conf"), "-P", Path.Combine(folder, "pid")]);
        using var client = new HttpClient { BaseAddress = url };
        await Eventually.SoAsync("Netdata answers", async () => (await client.GetAsync(url)).StatusCode == HttpStatusCode.OK, () => process.HasExited, () => process.Output);
        return new Netdata(process, folder, url);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
