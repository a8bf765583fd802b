using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteMetricStoreTests : MetricStoreConformance
{
    protected override Task<MetricPlace> CreatePlaceAsync() => Task.FromResult<MetricPlace>(new SqliteMetricPlace());
}
