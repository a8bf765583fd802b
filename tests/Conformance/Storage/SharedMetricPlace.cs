using Outrider.Storage.Metrics;
using Outrider.Storage.Shared;
using Outrider.Testing.MySql;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>A database on a shared server that several processes open.</summary>
public sealed class SharedMetricPlace : MetricPlace
{
    private readonly SharedPlace _place;

    private SharedMetricPlace(SharedPlace place) => _place = place;

    /// <summary>The database's name.</summary>
    public string Name => _place.Name;

    public static async Task<SharedMetricPlace> CreateAsync(ISharedServer server) =>
        new(await SharedPlace.CreateAsync(server, SharedMetricBackend.Schema(server.Dialect)));

    public override SharedMetricBackend Open() => new(_place.Open());

    /// <summary>With a proxy between it and the server.</summary>
    public SharedMetricBackend Open(FaultyProxy proxy) => new(_place.Open(proxy: proxy));

    public override ValueTask CloseAsync(IMetricBackend backend) => ((SharedMetricBackend)backend).DisposeAsync();

    /// <summary>Lets the lease of whoever maintains run out.</summary>
    public Task EndLeaseAsync() =>
        _place.Open().RunAsync(session => session.ExecuteAsync("UPDATE outrider_metric_lease SET expires = 0"), CancellationToken.None);

    public override ValueTask DisposeAsync() => _place.DisposeAsync();
}
