using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteMetricStoreModelTests : MetricStoreModelConformance
{
    protected override Task<MetricPlace> CreatePlaceAsync() => Task.FromResult<MetricPlace>(new SqliteMetricPlace());
}
