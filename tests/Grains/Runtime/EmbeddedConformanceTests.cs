using Outrider.Storage.InMemory;
using Outrider.Tests.Conformance;

namespace Outrider.Tests.Grains.Runtime;

public sealed class EmbeddedConformanceTests : HostConformance
{
    protected override async Task<IHostFixture> StartAsync() =>
        await EmbeddedFixture.StartAsync(new InMemoryStateStore(), new InMemoryReminderStore());
}
