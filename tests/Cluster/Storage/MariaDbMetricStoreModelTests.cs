using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Cluster.Storage;

[Collection(MariaDbGroup.Name)]
public sealed class MariaDbMetricStoreModelTests(MariaDbFixture server) : MetricStoreModelConformance
{
    protected override async Task<MetricPlace> CreatePlaceAsync() => await SharedMetricPlace.CreateAsync(server);
}
