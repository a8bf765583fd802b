using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Cluster.Storage;

[Collection(MariaDbGroup.Name)]
public sealed class MariaDbMetricStoreTests(MariaDbFixture server) : MetricStoreConformance
{
    protected override async Task<MetricPlace> CreatePlaceAsync() => await SharedMetricPlace.CreateAsync(server);
}
