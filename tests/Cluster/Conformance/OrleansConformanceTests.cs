using Outrider.Tests.Conformance;

namespace Outrider.Tests.Cluster.Conformance;

public sealed class OrleansConformanceTests : HostConformance
{
    protected override async Task<IHostFixture> StartAsync() => await OrleansFixture.StartAsync();
}
