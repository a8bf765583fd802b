using System.Net;
using Outrider.Testing.Cluster;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>
/// The load balancer that agents dial: new links go to the silos in turn. A silo that isn't ready three times in a row, while another one
/// is, gets no more, and those it has are cut.
/// </summary>
internal sealed class LinkBalancer : IAsyncDisposable
{
    private const int Fall = 3;

    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new() { Timeout = s_patience };
    private readonly PeriodicTimer _timer = new(s_period, TimeProvider.System);
    private readonly IReadOnlyList<SiloProcess> _silos;
    private readonly int[] _failed;
    private readonly TcpRelay _relay;
    private readonly Task _checking;
    private int _next;

    public LinkBalancer(IReadOnlyList<SiloProcess> silos)
    {
        (_silos, _failed) = (silos, new int[silos.Count]);
        _relay = TcpRelay.Start(IPAddress.Loopback, Targets);
        _checking = CheckAsync();
    }

    public Uri Url => new($"http://{_relay.EndPoint}");

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _checking;
        await _relay.DisposeAsync();
        _http.Dispose();
    }

    private static IPEndPoint EndPoint(SiloProcess silo) => new(IPAddress.Parse(silo.Url.Host), silo.Url.Port);

    private List<IPEndPoint> Targets()
    {
        var first = Interlocked.Increment(ref _next);
        var order = Enumerable.Range(0, _silos.Count).Select(i => (first + i) % _silos.Count);
        return [.. order.Where(i => Volatile.Read(ref _failed[i]) < Fall).Select(i => EndPoint(_silos[i]))];
    }

    private async Task CheckAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            var ready = await Task.WhenAll(_silos.Select(IsReadyAsync));
            // When none is, it is not the silos: what links there are stay.
            if (!ready.Contains(true))
                continue;
            for (var i = 0; i < ready.Length; i++)
            {
                Volatile.Write(ref _failed[i], ready[i] ? 0 : _failed[i] + 1);
                if (_failed[i] == Fall)
                    _relay.Cut(EndPoint(_silos[i]));
            }
        }
    }

    private async Task<bool> IsReadyAsync(SiloProcess silo)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(silo.Url, "/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
