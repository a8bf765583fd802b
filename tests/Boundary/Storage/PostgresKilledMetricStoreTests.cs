using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

[Collection(PostgresGroup.Name)]
public sealed class PostgresKilledMetricStoreTests(PostgresFixture server) : KilledMetricStoreConformance, IAsyncLifetime
{
    private SharedMetricPlace _place = null!;

    protected override string Database => server.ConnectionString(_place.Name);

    public async Task InitializeAsync() => _place = await SharedMetricPlace.CreateAsync(server);

    public async Task DisposeAsync() => await _place.DisposeAsync();

    /// <summary>As another process that takes over, once the lease of the dead one has run out.</summary>
    protected override async Task<OpenedMetrics> OpenAsync()
    {
        await _place.EndLeaseAsync();
        var backend = _place.Open();
        return new OpenedMetrics(backend, backend);
    }
}
