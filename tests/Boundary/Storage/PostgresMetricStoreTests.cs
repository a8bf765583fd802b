using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

[Collection(PostgresGroup.Name)]
public sealed class PostgresMetricStoreTests(PostgresFixture server) : MetricStoreConformance
{
    protected override async Task<MetricPlace> CreatePlaceAsync() => await SharedMetricPlace.CreateAsync(server);
}
