using System.Globalization;
using Outrider.Testing.Processes;

namespace Outrider.Testing.ClickHouse;

/// <summary>
/// A private ClickHouse (Debian package clickhouse-server) on free loopback ports, with a folder and a configuration of its own. It dies with
/// its disposal, and its folder goes too.
/// </summary>
public sealed class ClickHouseServer : IAsyncDisposable
{
    /// <summary>The password of the user default, who may do everything.</summary>
    public const string Password = "clickhouse-password";

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;
    private readonly ChildProcess _process;

    private ClickHouseServer(DirectoryInfo folder, ChildProcess process, int port) => (_folder, _process, Port) = (folder, process, port);

    /// <summary>Port of the HTTP interface on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It isn't installed, or doesn't start; the message says why.</exception>
    public static async Task<ClickHouseServer> StartAsync()
    {
        const string Program = "/usr/sbin/clickhouse-server";
        if (!File.Exists(Program))
            throw new InvalidOperationException("clickhouse-server isn't installed. On Debian: apt-get install clickhouse-server.");
        var folder = Directory.CreateTempSubdirectory("outrider-clickhouse-");
        var port = FreePort.Next();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config.xml"), Configuration(folder.FullName, port, FreePort.Next()));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "users.xml"), Users);
        foreach (var name in new[] { "data", "tmp", "files" })
            folder.CreateSubdirectory(name);
        var process = ChildProcess.Start(Program, [$"--config-file={Path.Combine(folder.FullName, "config.xml")}"], folder: folder.FullName);
        var server = new ClickHouseServer(folder, process, port);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>What the administrator's statement brings, as text.</summary>
    public async Task<string> QueryAsync(string sql)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-ClickHouse-User", "default");
        client.DefaultRequestHeaders.Add("X-ClickHouse-Key", Password);
        using var content = new StringContent(sql);
        using var answer = await client.PostAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/")), content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text.Trim() : throw new InvalidOperationException(text);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        using var deadline = new CancellationTokenSource(TestTimeouts.Default, TimeProvider.System);
        while (true)
        {
            try
            {
                await QueryAsync("SELECT 1");
                return;
            }
            catch (HttpRequestException e)
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"ClickHouse doesn't start:\n{_process.Output}", e);
            }
            // A process has no event for "ready": ask again.
            await Task.Delay(s_pollInterval, TimeProvider.System, deadline.Token);
        }
    }

    private static string Configuration(string folder, int port, int native) => $"""
        <?xml version="1.0"?>
        <yandex>
          <logger><level>warning</level><console>1</console></logger>
          <listen_host>127.0.0.1</listen_host>
          <http_port>{port}</http_port>
          <tcp_port>{native}</tcp_port>
          <path>{folder}/data/</path>
          <tmp_path>{folder}/tmp/</tmp_path>
          <user_files_path>{folder}/files/</user_files_path>
          <users_config>{folder}/users.xml</users_config>
          <default_profile>default</default_profile>
          <default_database>default</default_database>
          <mark_cache_size>16777216</mark_cache_size>
          <uncompressed_cache_size>1048576</uncompressed_cache_size>
        </yandex>
        """;

    private const string Users = $"""
        <?xml version="1.0"?>
        <yandex>
          <profiles><default><max_memory_usage>500000000</max_memory_usage></default></profiles>
          <users>
            <default>
              <password>{Password}</password>
              <networks><ip>127.0.0.1</ip></networks>
              <profile>default</profile>
              <quota>default</quota>
            </default>
          </users>
          <quotas><default></default></quotas>
        </yandex>
        """;
}
