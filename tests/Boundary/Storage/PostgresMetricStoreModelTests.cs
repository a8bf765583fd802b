using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

[Collection(PostgresGroup.Name)]
public sealed class PostgresMetricStoreModelTests(PostgresFixture server) : MetricStoreModelConformance
{
    protected override async Task<MetricPlace> CreatePlaceAsync() => await SharedMetricPlace.CreateAsync(server);
}
