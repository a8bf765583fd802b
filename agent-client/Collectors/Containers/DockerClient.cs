using System.Net.Sockets;
using System.Text.Json;

namespace Outrider.Agent.Collectors.Containers;

/// <summary>Asks a Docker daemon, or one that speaks its API, over its Unix socket.</summary>
internal sealed class DockerClient(string socket) : IDisposable
{
    /// <summary>A thousand containers are listed in less.</summary>
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        },
        UseProxy = false,
        AllowAutoRedirect = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    })
    {
        BaseAddress = new Uri("http://docker"),
        MaxResponseContentBufferSize = MaxAnswerBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The containers that run. Throws when the daemon doesn't answer as it should.</summary>
    public async Task<List<DockerContainer>> ContainersAsync(CancellationToken cancellation)
    {
        var json = await _http.GetByteArrayAsync(new Uri("/containers/json", UriKind.Relative), cancellation);
        return JsonSerializer.Deserialize(json, DockerJson.Default.ListDockerContainer) ?? [];
    }

    /// <summary>What a container uses, without the second the daemon would else take to measure; null when it has just ended.</summary>
    public async Task<byte[]?> StatsAsync(string id, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(
            new Uri($"/containers/{Uri.EscapeDataString(id)}/stats?stream=false&one-shot=true", UriKind.Relative), cancellation);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancellation) : null;
    }

    public void Dispose() => _http.Dispose();
}
